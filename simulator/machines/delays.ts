import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { TRANSIENT } from './states.ts'

/** How long each step takes, in milliseconds, drawn from the seed. */
const DELAYS = {
  create: { from: 150, to: 500 },
  start: { from: 500, to: 1_500 },
  resume: { from: 150, to: 450 },
  stop: { from: 400, to: 1_200 },
  suspend: { from: 600, to: 1_600 },
  restart: { from: 400, to: 1_000 },
  replace: { from: 500, to: 1_200 },
  destroy: { from: 400, to: 1_000 },
  task: { from: 600, to: 1_500 },
  backoff: { from: 900, to: 1_800 },
}
export type Step = keyof typeof DELAYS

/** How long a step takes this time, in milliseconds before `delayScale`. */
export const drawDelay = (world: World, step: Step): number => world.random.int(DELAYS[step].from, DELAYS[step].to)

/** A new command: whatever was planned for the machine before is void. */
export function newTurn(machine: Machine): void {
  machine.turn += 1
}

interface Plan {
  machine: Machine
  /** Milliseconds, before `delayScale`. */
  delay: number
  run: () => void
}

/** While its host is lost a machine stands still, and where it is stuck on its way. */
const standsStill = ({ hostStatus, state, stuck = false }: Machine): boolean =>
  (hostStatus !== 'ok' && state !== 'destroying') || (stuck && TRANSIENT.includes(state))

/** Runs a step later, unless another command came meanwhile, and not before the machine can move. */
export function later(world: World, { machine, delay, run }: Plan): void {
  const { turn } = machine
  const proceed = () => {
    if (machine.turn !== turn) return
    if (standsStill(machine)) machine.stalled = proceed
    else run()
  }
  world.schedule.after(delay * world.delayScale, proceed)
}

/** What kept the machine is over: it does what it was about to do. */
export function goOn(machine: Machine): void {
  const { stalled } = machine
  delete machine.stalled
  stalled?.()
}
