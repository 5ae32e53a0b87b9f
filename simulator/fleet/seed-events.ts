import { exitRequest } from '../machines/events.ts'
import { ulid } from '../world/ids.ts'
import type { Random } from '../world/random.ts'
import type { Machine, MachineEvent } from '../world/types.ts'
import type { MachineSpec } from './specs.ts'

type Step = Omit<MachineEvent, 'id'>

const step = (
  timestamp: number,
  type: string,
  status: string,
  source: string,
  request?: Record<string, unknown>,
): Step => ({
  timestamp,
  type,
  status,
  source,
  ...(request ? { request } : {}),
})

const born = (at: number): Step[] => [
  step(at, 'launch', 'created', 'user'),
  step(at + 400, 'launch', 'pending', 'flyd'),
  step(at + 1_900, 'start', 'started', 'flyd'),
]

function exited(
  at: number,
  { code, oom, requested, restarts }: { code: number; oom: boolean; requested: boolean; restarts: number },
): Step {
  const exit = { exitCode: code, oom, requested, restarting: restarts > 0 }
  return step(at, 'exit', 'stopped', 'flyd', exitRequest(exit, at, restarts))
}

/** The last crashes of a machine that keeps crashing, one every three quarters of a minute. */
const crashes = (until: number): Step[] =>
  [4, 3, 2, 1].flatMap((ago) => {
    const at = until - ago * 45_000
    return [
      exited(at, { code: 1, oom: false, requested: false, restarts: 5 - ago }),
      step(at + 10, 'restart', 'starting', 'flyd'),
      step(at + 1_500, 'start', 'starting', 'flyd'),
      step(at + 2_600, 'start', 'started', 'flyd'),
    ]
  })

/** What led to the state, oldest first. */
function story(machine: Machine, spec: MachineSpec): Step[] {
  const at = machine.stateSince
  const [first] = born(machine.createdAt)
  if (machine.state === 'created') return first ? [first] : []
  const before = born(machine.createdAt)
  if (spec.oom) return [...before, exited(at, { code: 137, oom: true, requested: false, restarts: 0 })]
  if (spec.behaviour?.kind === 'crash') return [...before, ...crashes(at)]
  switch (machine.state) {
    case 'started':
      return [...before, step(at - 1_200, 'start', 'starting', 'user'), step(at, 'start', 'started', 'flyd')]
    case 'suspended':
      return [...before, step(at - 1_100, 'suspend', 'suspending', 'user'), step(at, 'suspend', 'suspended', 'flyd')]
    case 'failed':
      return [
        ...before,
        step(at - 900, 'start', 'starting', 'user'),
        step(at, 'launch', 'failed', 'flyd', { error: 'could not launch the init process' }),
      ]
    case 'replacing':
      return [...before, step(at, 'update', 'replacing', 'user')]
    default:
      return [
        ...before,
        step(at - 700, 'stop', 'stopping', 'user'),
        exited(at, { code: 0, oom: false, requested: true, restarts: 0 }),
      ]
  }
}

/** Events of a seeded machine, newest first. */
export function seedEvents(random: Random, machine: Machine, spec: MachineSpec): MachineEvent[] {
  const oldestFirst = story(machine, spec).sort((a, b) => a.timestamp - b.timestamp)
  return oldestFirst.map((event) => ({ id: ulid(random, event.timestamp), ...event })).reverse()
}
