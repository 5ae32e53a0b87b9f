import { field, list, text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { settings } from '../machine/config.ts'
import { listMachines } from '../machine/select.ts'
import { isLaunched } from '../status.ts'

const CURRENT = `query FlyctlConfigCurrentRelease ($appName: String!) { app(name: $appName) { currentReleaseUnprocessed { configDefinition } } }`

/** The config of the current release; without one it is made up from a machine of the app. */
export async function remoteConfig(context: Context, app: string): Promise<Record<string, unknown>> {
  const body = { query: CURRENT, variables: { appName: app }, operationName: 'FlyctlConfigCurrentRelease' }
  const { body: answer } = await context.api.ask({ service: 'graphql', method: 'POST', path: '/graphql', body })
  const release = field(field(field(answer, 'data'), 'app'), 'currentReleaseUnprocessed')
  const definition = settings(field(release, 'configDefinition'))
  if (Object.keys(definition).length > 0) return { app, ...definition }
  const listed = within(`error listing active machines for ${app} app`, listMachines(context, app))
  const machine = (await listed).find(isLaunched)
  if (machine === undefined)
    throw new FlyctlError(
      'failed to grab app config from existing machines, error: could not create a fly.toml from any machines :-(\nNo machines configured for this app',
    )
  return fromMachine(app, field(machine, 'config'))
}

function fromMachine(app: string, config: unknown): Record<string, unknown> {
  const services = list(field(config, 'services')).map(serviceOf)
  const mounts = list(field(config, 'mounts')).map((mount) => ({
    source: text(mount, 'name') ?? '',
    destination: text(mount, 'path') ?? '',
  }))
  const env = settings(field(config, 'env'))
  return {
    app,
    ...(Object.keys(env).length > 0 && { env }),
    ...(mounts.length > 0 && { mounts }),
    ...(services.length > 0 && { services }),
    metrics: [{}],
  }
}

function serviceOf(service: unknown): Record<string, unknown> {
  const checks = list(field(service, 'checks')).map((check) => {
    const { type: _, grace_period: __, ...rest } = settings(check)
    return rest
  })
  const stop = field(service, 'autostop')
  return {
    protocol: field(service, 'protocol'),
    internal_port: field(service, 'internal_port'),
    ...(stop !== undefined && { auto_stop_machines: stop }),
    auto_start_machines: field(service, 'autostart') === true,
    min_machines_running: field(service, 'min_machines_running') ?? 0,
    ports: list(field(service, 'ports')),
    ...(checks.length > 0 && { http_checks: checks }),
  }
}
