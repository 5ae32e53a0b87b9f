import { field, list, reason, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import { isLaunched } from '../status.ts'
import type { Image } from './build.ts'
import type { Deployment } from './deployment.ts'
import { waitUntilHealthy } from './health.ts'
import { takeLease } from './lease.ts'
import { machineConfig, processGroup } from './machine-config.ts'
import type { Release } from './release.ts'

interface Rollout {
  image: Image
  release: Release
}

/** Groups that are no part of the app: release commands, tests, consoles. */
const RESERVED = /^fly_app_/

export async function listLaunched({ context, app }: Deployment): Promise<unknown[]> {
  const machines = await context.api.get({ service: 'flaps', path: `/v1/apps/${app}/machines` })
  return list(machines)
    .filter(isLaunched)
    .filter((machine) => !RESERVED.test(processGroup(field(machine, 'config'))))
    .filter((machine) => !['destroyed', 'destroying'].includes(text(machine, 'state') ?? ''))
}

/** Brings every machine of the app to the release, one at a time. Stops at the first that fails, as flyctl does. */
export async function rollOut(deployment: Deployment, rollout: Rollout): Promise<void> {
  const { context, app, strategy } = deployment
  const machines = await listLaunched(deployment)
  if (machines.length === 0) return launchFirst(deployment, rollout)
  context.stdout(`Updating existing machines in '${app}' with ${strategy} strategy`)
  context.stdout('')
  for (const [index, machine] of machines.entries()) {
    const place = machines.length > 1 ? `[${index + 1}/${machines.length}] ` : ''
    await updateMachine(deployment, { ...rollout, machine, place })
  }
}

async function updateMachine(
  deployment: Deployment,
  step: Rollout & { machine: unknown; place: string },
): Promise<void> {
  const { context } = deployment
  const { machine, place } = step
  const id = text(machine, 'id') ?? ''
  const group = processGroup(field(machine, 'config'))
  const say = (line: string) => context.stdout(`> ${place}${line}`)
  const lease = await takeLease(deployment, id)
  try {
    say(`Updating ${id} [${group}]`)
    await sendConfig(deployment, { ...step, nonce: lease.nonce })
    if (text(machine, 'state') === 'started') await waitUntilHealthy(deployment, { id, group, say })
  } catch (error) {
    if (!context.signal.aborted && error instanceof Error)
      context.stdout(`✖ ${place}Machine ${id} [${group}] update failed: ${error.message}`)
    throw error
  } finally {
    if (context.signal.aborted) lease.abandon()
    else await lease.release()
  }
  context.stdout(`✔ ${place}Machine ${id} [${group}] update succeeded`)
}

async function sendConfig(
  { context, app, config, faults }: Deployment,
  { machine, nonce, image, release }: Rollout & { machine: unknown; nonce: string },
): Promise<void> {
  const id = text(machine, 'id') ?? ''
  if (faults.has('no-capacity')) throw noCapacity(id)
  const before = field(machine, 'config')
  const answer = await context.api.ask({
    service: 'flaps',
    method: 'POST',
    path: `/v1/apps/${app}/machines/${id}`,
    leaseNonce: nonce,
    body: {
      name: field(machine, 'name'),
      region: field(machine, 'region'),
      config: machineConfig({ toml: config, before, image: image.ref, release }),
      // A machine that rests is updated and goes on resting.
      skip_launch: text(machine, 'state') !== 'started',
    },
  })
  if (answer.status >= 300) throw new FlyctlError(`failed to update VM ${id}: ${reason(answer)}`)
}

const noCapacity = (id: string): FlyctlError =>
  new FlyctlError(
    `failed to update VM ${id}: could not reserve resource for machine: insufficient memory available to fulfill request`,
    {
      details: ['Try choosing a different region for machine creation'],
    },
  )

/** `--ha` makes two; a volume or `--ha=false` makes one. */
async function launchFirst(deployment: Deployment, { image, release }: Rollout): Promise<void> {
  const { context, app, config, faults } = deployment
  const mounts = field(config, 'mounts') !== undefined
  const count = context.flags.on('ha', true) && !mounts ? 2 : 1
  context.stdout('This deployment will:')
  context.stdout(` * create ${count} "app" machine${count > 1 ? 's' : ''}`)
  context.stdout('')
  context.stdout('> Launching new machine')
  context.stdout('No machines in group app, launching a new machine')
  for (let index = 1; index <= count; index += 1) {
    if (index === 2) {
      context.stdout('Creating a second machine for high availability and zero downtime deployments.')
      context.stdout('To disable this, set "min_machines_running = 0" in your fly.toml.')
    }
    if (faults.has('no-capacity'))
      throw new FlyctlError('failed to launch VM: could not reserve resource for machine: insufficient_capacity')
    const answer = await context.api.ask({
      service: 'flaps',
      method: 'POST',
      path: `/v1/apps/${app}/machines`,
      body: {
        region: text(config, 'primary_region'),
        config: machineConfig({ toml: config, before: undefined, image: image.ref, release }),
      },
    })
    const id = text(answer.body, 'id')
    if (answer.status >= 300 || id === undefined) throw new FlyctlError(`failed to launch VM: ${reason(answer)}`)
    context.stdout(`> Machine ${id} [app] was created`)
    await waitUntilHealthy(deployment, { id, group: 'app', say: () => undefined })
    context.stdout(`✔ Machine ${id} [app] update finished: success`)
  }
  context.stderr('Finished launching new machines')
}
