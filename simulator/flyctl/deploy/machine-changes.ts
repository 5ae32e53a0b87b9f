import { text } from '../api.ts'
import type { FlyctlError } from '../failure.ts'
import { releaseLease } from '../lease.ts'
import { minSecrets } from '../min-secrets.ts'
import type { Deployment } from './deployment.ts'
import type { LaunchInput } from './launch-input.ts'
import { type Launched, named, readMachine } from './launched-machines.ts'
import type { Leases } from './leases.ts'
import { countChecks } from './machine-config.ts'
import { waitForHealth, waitForState, watchForCrashes } from './machine-waits.ts'
import { refusal } from './refusal.ts'
import type { StatusLine } from './status-lines.ts'

interface Creation {
  input: LaunchInput
  /** Not to be reached through the proxy yet. */
  hidden?: boolean
  /** Nobody else may touch it until it is released. */
  leased?: boolean
}

/** Makes a machine, mostly with a lease for as long as it is waited for. */
export async function createMachine(
  { context, app, options }: Deployment,
  { input, hidden = false, leased = true }: Creation,
): Promise<Launched & { nonce: string | undefined }> {
  const answer = await context.api.ask({
    service: 'flaps',
    method: 'POST',
    path: `/v1/apps/${app}/machines`,
    body: {
      region: input.region,
      config: input.config,
      skip_launch: input.skipLaunch,
      skip_service_registration: hidden,
      ...minSecrets(context, app),
      ...(leased && { lease_ttl: Math.ceil(options.waitMs / 1000) }),
    },
  })
  if (answer.status >= 300 || text(answer.body, 'id') === undefined) throw refusal('failed to launch VM', answer)
  return { ...readMachine(answer.body), nonce: text(answer.body, 'nonce') }
}

export async function destroyMachine(
  { context, app }: Deployment,
  { id, nonce }: { id: string; nonce: string | undefined },
): Promise<void> {
  const path = `/v1/apps/${app}/machines/${id}?kill=true&force=true`
  const answer = await context.api.ask({ service: 'flaps', method: 'DELETE', path, leaseNonce: nonce })
  if (answer.status >= 300 && answer.status !== 404) throw refusal(`failed to destroy VM ${id}`, answer)
}

export interface Change {
  machine: Launched
  input: LaunchInput
  line: StatusLine
}

/** Brings one machine to its new config: in place, or by another one where that cannot be. Gives the one there is now. */
export async function changeMachine(deployment: Deployment, leases: Leases, { machine, input, line }: Change) {
  const nonce = leases.nonce(machine.id)
  line.log(`Updating ${named(machine)}`)
  if (!input.replace) {
    const refused = await updateInPlace(deployment, { machine, input, nonce })
    if (refused === undefined) return { ...machine, config: input.config }
    // A volume would bring the next machine to the same full host.
    const full = /could not reserve resource for machine|deploys to this host are temporarily disabled/.test(
      refused.message,
    )
    if (!full || input.config.mounts !== undefined) throw refused
  }
  line.log(`Replacing ${named(machine)} by new machine`)
  await destroyMachine(deployment, { id: machine.id, nonce })
  const created = await createMachine(deployment, { input })
  line.log(`Created machine ${named(created)}`)
  await releaseLease(deployment.context, { ...created, app: deployment.app })
  return created
}

async function updateInPlace(
  { context, app }: Deployment,
  { machine, input, nonce }: { machine: Launched; input: LaunchInput; nonce: string | undefined },
): Promise<FlyctlError | undefined> {
  const answer = await context.api.ask({
    service: 'flaps',
    method: 'POST',
    path: `/v1/apps/${app}/machines/${machine.id}`,
    leaseNonce: nonce,
    body: {
      ...{ name: machine.name, region: machine.region, config: input.config, skip_launch: input.skipLaunch },
      ...minSecrets(context, app),
    },
  })
  return answer.status < 300 ? undefined : refusal(`failed to update VM ${machine.id}`, answer)
}

/** Waits until a changed machine runs, stays up, and passes its checks. One that rests is not waited for. */
export async function waitForMachine(deployment: Deployment, { machine, input, line }: Change): Promise<void> {
  const { options } = deployment
  const { log } = line
  const wait = { machine, log, withinMs: options.waitMs }
  if (input.skipLaunch) return
  if (options.healthChecks) await waitForState(deployment, { ...wait, state: 'started', flag: 'wait-timeout' })
  if (options.smokeChecks) await watchForCrashes(deployment, wait)
  if (options.healthChecks) await waitForHealth(deployment, { ...wait, checks: countChecks(input.config) })
}

/** Waits for a new machine as flyctl does, which tells less of it. */
export async function waitForNew(deployment: Deployment, { machine, input, line }: Change): Promise<void> {
  const { options } = deployment
  const wait = { machine, log: () => undefined, withinMs: options.waitMs }
  if (options.smokeChecks) await watchForCrashes(deployment, wait)
  if (!options.healthChecks) return
  await waitForState(deployment, { ...wait, state: 'started', flag: 'wait-timeout' })
  await waitForHealth(deployment, { ...wait, checks: countChecks(input.config) })
  line.success(`Machine ${named(machine)} update finished: success`)
}
