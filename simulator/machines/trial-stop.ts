import { runsUnpaid } from '../organizations/trial.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { beginStop, stopOrder } from './stop.ts'

/** Milliseconds a machine runs on a trial before it is stopped (Fly docs, free trial): a rule, which no scale shortens. */
const LONGEST_RUN = 5 * 60_000

/** Ends a run that has just begun after five minutes, unless somebody pays by then. */
export function limitRun(world: World, machine: Machine): void {
  if (!runsUnpaid(world, machine)) return
  const { stateSince } = machine
  world.schedule.after(LONGEST_RUN, () => {
    const still = machine.state === 'started' && machine.stateSince === stateSince
    if (still && runsUnpaid(world, machine)) beginStop(world, machine, { ...stopOrder(machine), source: 'flyd' })
  })
}
