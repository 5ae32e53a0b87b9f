import { field, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { compactApp } from '../app-query.ts'
import { remoteConfig } from '../config/remote.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { settings } from '../machine/config.ts'
import { withLease } from '../machine/lease.ts'
import { checksOf, groupOf, type Machine, machineOf, passing, pathOf } from '../machine/machine.ts'
import { listMachines } from '../machine/select.ts'
import { START_MS, waitForState } from '../machine/wait.ts'
import { minSecrets } from '../min-secrets.ts'
import { isLaunched } from '../status.ts'

export async function deploySecrets(context: Context): Promise<void> {
  const app = appName(context)
  const found = await compactApp(context, app)
  const machines = (await listMachines(context, app)).filter(isLaunched)
  if (machines.length === 0) throw nothingDeployed()
  await rollOutSecrets(context, { app, found })
}

function nothingDeployed(): FlyctlError {
  const why = `'fly secrets deploy' will only work if the app has been deployed and there are machines available`
  return new FlyctlError(`no machines available to deploy\n${why}`, { details: [`Try 'fly deploy' first\n`] })
}

interface Target {
  app: string
  found: unknown
}

/** Every machine gets its config once more, and with it the secrets: a deploy that builds nothing. */
export async function rollOutSecrets(context: Context, { app, found }: Target): Promise<void> {
  const { api, stdout } = context
  const machines = (await listMachines(context, app)).filter(isLaunched)
  if (field(found, 'deployed') !== true && machines.length === 0)
    return stdout('Secrets are staged for the first deployment')
  await within('error loading appv2 config', remoteConfig(context, app))
  await api.get({ service: 'flaps', path: `/v1/apps/${app}`, failing: 'error getting app' })
  const release = await createRelease(context, { app, machine: machines[0] })
  stdout(`Updating existing machines in '${app}' with rolling strategy`)
  try {
    for (const [index, raw] of machines.entries()) {
      const place = machines.length > 1 ? `[${index + 1}/${machines.length}] ` : ''
      await updateOne(context, { machine: machineOf(app, raw), place, release })
    }
    await mark(context, release, 'complete')
  } catch (error) {
    await mark(context, release, context.signal.aborted ? 'interrupted' : 'failed')
    throw error
  }
}

interface Release {
  id: string
  version: string
}

async function createRelease({ api }: Context, { app, machine }: { app: string; machine: unknown }): Promise<Release> {
  const image = text(field(machine, 'config'), 'image') ?? ''
  const body = { app_name: app, definition: {}, image, strategy: 'ROLLING' }
  const answer = await api.get({ service: 'uiex', method: 'POST', path: '/api/v1/releases', body })
  const release = field(answer, 'release')
  return { id: text(release, 'id') ?? '', version: String(field(release, 'version') ?? '') }
}

async function mark({ apiFor }: Context, { id }: Release, status: string): Promise<void> {
  // Said to the end, also when the command was interrupted.
  const api = apiFor(AbortSignal.timeout(MARK_MS))
  await api.ask({ service: 'uiex', method: 'PATCH', path: `/api/v1/releases/${id}`, body: { status } })
}
const MARK_MS = 1_000

interface Step {
  machine: Machine
  place: string
  release: Release
}

async function updateOne(context: Context, { machine, place, release }: Step): Promise<void> {
  const { api, flags, stdout } = context
  const named = `${machine.id} [${groupOf(machine.raw)}]`
  const say = (line: string) => stdout(`> ${place}${line}`)
  await withLease(context, machine, async (leased) => {
    say(`Updating ${named}`)
    const metadata = {
      ...settings(field(leased.config, 'metadata')),
      fly_release_version: release.version,
      fly_release_id: release.id,
    }
    const runs = leased.state === 'started'
    await api.get({
      service: 'flaps',
      method: 'POST',
      path: pathOf(leased),
      body: {
        config: { ...settings(leased.config), metadata },
        name: leased.name,
        region: leased.region,
        skip_launch: !runs,
        ...minSecrets(context, leased.app),
      },
      leaseNonce: leased.nonce,
      failing: `failed to update machine ${machine.id}: failed to update VM ${machine.id}`,
    })
    if (!runs || flags.on('detach')) return
    say(`Waiting for ${named} to have state: started`)
    await waitForState(context, leased, { state: 'started', withinMs: START_MS })
    say(`Machine ${named} has state: started`)
    say(`Checking that ${named} is up and running`)
    await healthy(context, { machine: leased, say: (line) => say(`Waiting for ${named} to become healthy: ${line}`) })
  })
  stdout(`✔ ${place}Machine ${named} update succeeded`)
}

/** Between looks at a machine. */
const LOOK_MS = 1_000

async function healthy(
  context: Context,
  { machine, say }: { machine: Machine; say: (counts: string) => void },
): Promise<void> {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    const now = await context.api.get({ service: 'flaps', path: pathOf(machine) })
    const total = checksOf(now).length
    if (total > 0) say(`${passing(now)}/${total}`)
    if (passing(now) === total) return
    await context.pause(LOOK_MS)
  }
  throw new FlyctlError(`timeout reached waiting for health checks to pass for machine ${machine.id}`)
}
