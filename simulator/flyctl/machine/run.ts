import { field, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { compactApp, egressAddresses } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { minSecrets } from '../min-secrets.ts'
import { changedConfig } from './config.ts'
import { resolveImage } from './image.ts'
import { machineOf } from './machine.ts'
import { mounts } from './mounts.ts'
import { START_MS, waitForState, watchChecks } from './wait.ts'

const NETWORK = 'query ($appName: String!) { app(name: $appName) { network } }'

export async function run(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  const app = appName(context)
  const [image = ''] = flags.rest
  const organization = text(field(await compactApp(context, app), 'organization'), 'slug') ?? ''
  await api.query(NETWORK, { appName: app })
  if (image === '') throw new FlyctlError(`image argument can't be an empty string`)
  await api.get({ service: 'flaps', path: `/v1/apps/${app}`, failing: 'failed to get app' })
  const ref = await resolveImage(context, { app, organization, image })
  const attached = await mounts(context, app)
  const config = { ...changedConfig(context, undefined), image: ref, ...(attached.length > 0 && { mounts: attached }) }
  const body = {
    config,
    region: flags.text('region'),
    name: flags.text('name'),
    skip_secrets: false,
    ...minSecrets(context, app),
  }
  const path = `/v1/apps/${app}/machines`
  const launch = api.get({ service: 'flaps', method: 'POST', path, body, failing: 'failed to launch VM' })
  const machine = machineOf(app, await within('could not launch machine', launch))
  stdout(`Success! A Machine has been successfully launched in app ${app}`)
  stdout(` Machine ID: ${machine.id}`)
  stdout(` Instance ID: ${machine.instanceId}`)
  stdout(` State: ${machine.state}`)
  stdout('\n Attempting to start machine...\n')
  await waitForState(context, machine, { state: 'started', withinMs: START_MS })
  if (!flags.on('detach')) {
    stdout('==> Monitoring health checks')
    await watchChecks(context, machine)
    stdout('')
  }
  stdout('Machine started, you can connect via the following private ip')
  stdout(`  ${text(machine.raw, 'private_ip') ?? ''}`)
  await egressAddresses(context, app)
}
