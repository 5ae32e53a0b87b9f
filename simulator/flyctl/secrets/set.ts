import { text as readAll } from 'node:stream/consumers'
import { field } from '../api.ts'
import { appName } from '../app-name.ts'
import { compactApp } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { keepSecretsVersion } from '../min-secrets.ts'
import { rollOutSecrets } from './deploy.ts'
import { parseSecrets } from './parse.ts'

/** null takes a secret away. */
type Values = Readonly<Record<string, string | null>>

export async function set(context: Context): Promise<void> {
  const pairs = context.flags.rest.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new FlyctlError(`could not parse secrets: '${pair}': must be in the format NAME=VALUE`)
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  await change(context, async () => Object.fromEntries(pairs))
}

export async function unset(context: Context): Promise<void> {
  await change(context, async () => Object.fromEntries(context.flags.rest.map((name) => [name, null])))
}

/** `NAME=VALUE` lines on stdin. */
export async function importAll(context: Context): Promise<void> {
  await change(context, async () => {
    const values = parseSecrets(await readAll(process.stdin))
    if (Object.keys(values).length === 0) throw new FlyctlError('requires at least one SECRET=VALUE pair')
    return values
  })
}

async function change(context: Context, values: () => Promise<Values>): Promise<void> {
  const { api, flags, stdout } = context
  const app = appName(context)
  const found = await compactApp(context, app)
  const request = { service: 'flaps', method: 'POST', path: `/v1/apps/${app}/secrets` } as const
  const body = { values: await values() }
  const changed = api.get({ ...request, body, failing: 'failed to update app secrets' })
  const version = field(await within('update secrets', changed), 'version')
  if (typeof version === 'number') keepSecretsVersion(context, app, version)
  if (!flags.on('stage')) return rollOutSecrets(context, { app, found })
  stdout(
    'Secrets have been staged, but not set on VMs. Deploy or update machines in this app for the secrets to take effect.',
  )
}
