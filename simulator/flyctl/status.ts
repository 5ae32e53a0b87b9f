import { field, list, text } from './api.ts'
import { appName, requireApp } from './app-name.ts'
import type { Context } from './context.ts'

/** Only machines of Fly Launch are listed, as by the real one. */
export async function status(context: Context): Promise<void> {
  const { flags, api, stdout, json } = context
  const name = appName(context)
  const app = await requireApp(context, name)
  const answer = await api.get({ service: 'flaps', path: `/v1/apps/${name}/machines` })
  const Machines = list(answer).filter(isLaunched)
  const organization = field(app, 'organization')
  const Hostname = `${name}.fly.dev`
  if (flags.on('json')) {
    return json({
      ...{ ID: text(app, 'id') ?? name, Name: name, Deployed: Machines.length > 0, Status: text(app, 'status') ?? '' },
      ...{ Hostname, Version: 0, AppURL: `https://${Hostname}`, PlatformVersion: 'machines', Machines },
      Organization: { Name: text(organization, 'name') ?? '', Slug: text(organization, 'slug') ?? '' },
    })
  }
  for (const line of ['App', `  Name     = ${name}`, `  Hostname = ${Hostname}`, '', 'Machines']) stdout(line)
  for (const machine of Machines) stdout(['id', 'state', 'region'].map((key) => text(machine, key) ?? '').join('\t'))
}

export const isLaunched = (machine: unknown): boolean =>
  text(field(field(machine, 'config'), 'metadata'), 'fly_platform_version') === 'v2'
