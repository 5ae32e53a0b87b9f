import { within } from '../failure.ts'
import { releaseLease } from '../lease.ts'
import type { Deployment } from './deployment.ts'
import { groupOf, processNames } from './groups.ts'
import { inputForLaunch } from './launch-input.ts'
import { type Launched, named } from './launched-machines.ts'
import { createMachine, destroyMachine, waitForNew } from './machine-changes.ts'
import type { Rollout } from './machine-config.ts'
import { type StatusLine, statusLines } from './status-lines.ts'
import type { FreeVolumes } from './volumes.ts'

interface GroupChanges {
  missing: string[]
  /** Machines of groups that fly.toml no longer has. */
  surplus: Launched[]
}

export function groupChanges({ context, config }: Deployment, machines: Launched[]): GroupChanges {
  const only = context.flags.list('process-groups')
  const wanted = processNames(config).filter((name) => only.length === 0 || only.includes(name))
  return {
    missing: wanted.filter((name) => !machines.some(({ group }) => group === name)),
    surplus: machines.filter(({ group }) => !processNames(config).includes(group)),
  }
}

export function tellGroupChanges(deployment: Deployment, { missing, surplus }: GroupChanges): void {
  const { context, deployed } = deployment
  if (missing.length === 0 && surplus.length === 0) return
  context.stdout(deployed ? 'Process groups have changed. This will:' : 'This deployment will:')
  for (const name of new Set(surplus.map(({ group }) => group))) {
    const count = surplus.filter(({ group }) => group === name).length
    context.stdout(` * destroy ${count} "${name}" machine${count === 1 ? '' : 's'}`)
  }
  for (const name of missing) context.stdout(` * create ${newMachines(deployment, name)}`)
  context.stdout('')
}

function newMachines({ config, options }: Deployment, name: string): string {
  const { mounts, services } = groupOf(config, name)
  if (!options.ha || mounts.length > 0) return `1 "${name}" machine`
  return services.length > 0 ? `2 "${name}" machines` : `1 "${name}" machine and 1 standby machine for it`
}

export async function removeSurplus(deployment: Deployment, surplus: Launched[]): Promise<void> {
  for (const { id } of surplus) await destroyMachine(deployment, { id, nonce: undefined })
}

interface Creation extends Rollout {
  volumes: FreeVolumes
}

/** The first machines of groups that have none, and the spare ones that `--ha` wants. */
export async function createForGroups(deployment: Deployment, missing: string[], creation: Creation): Promise<void> {
  const { context } = deployment
  const lines = statusLines(context.stdout, missing.length)
  for (const [index, name] of missing.entries()) {
    const line = lines[index]
    if (!line) continue
    line.running('Launching new machine')
    context.stdout(`No machines in group ${name}, launching a new machine`)
    try {
      await createForGroup(deployment, { ...creation, name, line })
    } catch (error) {
      if (error instanceof Error) line.failure(`Failed: ${error.message.split('\n')[0]}`)
      throw error
    }
  }
  if (missing.length > 0) context.stderr('Finished launching new machines')
  tellAutostop(deployment, missing)
}

async function createForGroup(
  deployment: Deployment,
  { name, line, ...creation }: Creation & { name: string; line: StatusLine },
): Promise<void> {
  const { context, config, options } = deployment
  const first = await spawnMachine(deployment, { ...creation, group: name, line })
  const { mounts, services } = groupOf(config, name)
  if (!options.ha || mounts.length > 0) return
  if (services.length > 0) {
    context.stdout('Creating a second machine for high availability and zero downtime deployments.')
    context.stdout('To disable this, set "min_machines_running = 0" in your fly.toml.')
    await spawnMachine(deployment, { ...creation, group: name, line })
    return
  }
  context.stdout(`Creating a standby machine for ${first.id}`)
  await spawnMachine(deployment, { ...creation, group: name, line, standbyFor: first.id })
}

interface Spawn extends Creation {
  group: string
  line: StatusLine
  standbyFor?: string
  metadata?: Record<string, string>
}

/** One new machine of a group, waited for unless everything is to go at once. */
export async function spawnMachine(deployment: Deployment, { line, metadata, ...wanted }: Spawn): Promise<Launched> {
  const input = inputForLaunch(deployment, wanted)
  if (metadata) input.config.metadata = { ...Object(input.config.metadata), ...metadata }
  const machine = await within('error creating a new machine', createMachine(deployment, { input }))
  line.log(`Machine ${named(machine)} was created`)
  try {
    if (!input.skipLaunch && deployment.strategy !== 'immediate') await waitForNew(deployment, { machine, input, line })
  } finally {
    if (!deployment.context.signal.aborted) await releaseLease(deployment.context, { ...machine, app: deployment.app })
  }
  return machine
}

const NAMES: Readonly<Record<string, string>> = { true: 'stop' }
const VERBS: Readonly<Record<string, string>> = { stop: 'stopped', suspend: 'suspended' }

function tellAutostop({ context, config }: Deployment, groups: string[]): void {
  for (const [manner, verb] of Object.entries(VERBS)) {
    const idle = groups.filter((name) => mannerOf(groupOf(config, name).services) === manner)
    if (idle.length === 0) continue
    const services = `have services with 'auto_stop_machines = "${manner}"' that will be ${verb} when idling`
    context.stdout(`\n\nNOTE: The machines for [${idle.join(',')}] ${services}\n\n`)
  }
}

/** What the proxy does with an idle machine: the most careful wish of its services. */
function mannerOf(services: Record<string, unknown>[]): string | undefined {
  const manners = services.map(({ auto_stop_machines: stop = 'off' }) => NAMES[String(stop)] ?? String(stop))
  return ['off', 'false', 'stop', 'suspend'].find((manner) => manners.includes(manner))
}
