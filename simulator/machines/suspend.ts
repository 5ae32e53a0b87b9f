import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { guestOf } from './config.ts'
import { drawDelay, later, newTurn } from './delays.ts'
import { addEvent } from './events.ts'
import { runnerLine } from './machine-lines.ts'
import { setState } from './set-state.ts'

/** Megabytes a snapshot can hold (Fly docs, suspend and resume). */
const LARGEST = 2_048

/** Why a machine cannot be suspended, in words; undefined when it can (Fly docs, suspend and resume). */
export function suspendProblem({ config }: Machine): string | undefined {
  const { init, schedule } = config
  if (guestOf(config).memory_mb > LARGEST) return `machines with more than ${LARGEST} MB of memory cannot be suspended`
  if ((init?.swap_size_mb ?? 0) > 0) return 'machines with swap cannot be suspended'
  return schedule === undefined ? undefined : 'machines with a schedule cannot be suspended'
}

export function beginSuspend(world: World, machine: Machine, source: 'user' | 'proxy'): void {
  newTurn(machine)
  setState(world, machine, 'suspending')
  addEvent(world, machine, { type: 'suspend', status: 'suspending', source })
  later(world, { machine, delay: drawDelay(world, 'suspend'), run: () => finishSuspend(world, machine) })
}

function finishSuspend(world: World, machine: Machine): void {
  setState(world, machine, 'suspended')
  machine.snapshot = true
  addEvent(world, machine, { type: 'suspend', status: 'suspended', source: 'flyd' })
  runnerLine(world, machine, 'Machine suspended')
}
