import { runsOnTrial } from '../organizations/trial.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { beginStop, stopOrder } from './stop.ts'

/** Milliseconds a machine runs on a trial before it is stopped (Fly docs, free trial): a rule, which no scale shortens. */
const LONGEST_RUN = 5 * 60_000

/** Ends a run that has just begun after five minutes, if the organisation is on a trial then and now. */
export function limitRun(world: World, machine: Machine): void {
  if (!runsOnTrial(world, machine)) return
  const { stateSince } = machine
  world.schedule.after(LONGEST_RUN, () => {
    const still = machine.state === 'started' && machine.stateSince === stateSince
    if (still && runsOnTrial(world, machine)) beginStop(world, machine, { ...stopOrder(machine), source: 'flyd' })
  })
}
