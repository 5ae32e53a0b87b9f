import { blueGreen } from './bluegreen.ts'
import { type Deployment, endedBy } from './deployment.ts'
import { inputForUpdate } from './launch-input.ts'
import { type Launched, named } from './launched-machines.ts'
import { type Leases, takeLeases } from './leases.ts'
import { type Change, changeMachine, waitForMachine } from './machine-changes.ts'
import type { Rollout } from './machine-config.ts'
import { inPool } from './pool.ts'
import { statusLines } from './status-lines.ts'
import type { FreeVolumes } from './volumes.ts'

interface Updating extends Rollout {
  machines: Launched[]
  volumes: FreeVolumes
}

/** Brings the machines there are to the release, in the way the strategy says. Stops at the first that fails. */
export async function updateMachines(deployment: Deployment, { machines, ...making }: Updating): Promise<void> {
  const { context, app, strategy } = deployment
  if (machines.length === 0) return
  const lines = statusLines(context.stdout, machines.length)
  const sorted = strategy === 'immediate' ? machines : machines.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const changes = sorted.flatMap((machine, index) => {
    const line = lines[index]
    return line ? [{ machine, line, input: inputForUpdate(deployment, { ...making, machine }) }] : []
  })
  const leases = await takeLeases(deployment, machines)
  try {
    context.stdout(`Updating existing machines in '${app}' with ${strategy} strategy`)
    if (strategy === 'bluegreen') await blueGreen(deployment, leases, changes)
    else if (strategy === 'immediate') await together(deployment, leases, changes)
    else await rolling(deployment, leases, changes)
  } finally {
    if (context.signal.aborted) leases.abandon()
    else await leases.release()
  }
}

/** All at once, and nothing is waited for. */
async function together(deployment: Deployment, leases: Leases, changes: Change[]): Promise<void> {
  await inPool(changes, deployment.options.maxConcurrent, (change) =>
    update(deployment, leases, { change, wait: false }),
  )
}

/** Group by group: first one machine alone, then some at a time; what rests beside what runs. */
async function rolling(deployment: Deployment, leases: Leases, changes: Change[]): Promise<void> {
  const stop = new AbortController()
  const ended = endedBy(deployment, AbortSignal.any([deployment.context.signal, stop.signal]))
  const groups = [...new Set(changes.map(({ machine }) => machine.group))]
  const work = groups.flatMap((group) => {
    const own = changes.filter(({ machine }) => machine.group === group)
    const warm = own.filter(({ machine }) => machine.state === 'started')
    const cold = own.filter(({ machine }) => machine.state !== 'started')
    const atOnce = poolSize(deployment, warm.length)
    return [
      oneThenRest(ended, leases, { changes: cold, atOnce: COLD }),
      oneThenRest(ended, leases, { changes: warm, atOnce }),
    ]
  })
  try {
    await Promise.all(work)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(work)
    throw error
  }
}

/** Resting machines that are changed at once: nobody notices (flyctl). */
const COLD = 30

function poolSize({ options: { maxUnavailable } }: Deployment, count: number): number {
  return Math.max(1, maxUnavailable >= 1 ? Math.floor(maxUnavailable) : Math.ceil(count * maxUnavailable))
}

async function oneThenRest(
  deployment: Deployment,
  leases: Leases,
  { changes: [first, ...rest], atOnce }: { changes: Change[]; atOnce: number },
): Promise<void> {
  if (!first) return
  await update(deployment, leases, { change: first, wait: true })
  await inPool(rest, atOnce, (change) => update(deployment, leases, { change, wait: true }))
}

async function update(
  deployment: Deployment,
  leases: Leases,
  { change, wait }: { change: Change; wait: boolean },
): Promise<void> {
  const { machine, line } = change
  if (deployment.context.signal.aborted) {
    line.failure(`Machine ${named(machine)} update canceled`)
    throw deployment.context.signal.reason
  }
  line.running(`Updating ${named(machine)}`)
  try {
    const now = await changeMachine(deployment, leases, change)
    if (wait) await waitForMachine(deployment, { ...change, machine: now })
  } catch (error) {
    const how = deployment.context.signal.aborted ? 'canceled while it was in progress' : `failed: ${messageOf(error)}`
    line.failure(`Machine ${named(machine)} update ${how}`)
    throw error
  }
  line.success(`Machine ${named(machine)} update succeeded`)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
