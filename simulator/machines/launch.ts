import { canMount } from '../volumes/mounts.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { drawDelay, later } from './delays.ts'
import { addEvent } from './events.ts'
import { beginStart } from './lifecycle.ts'
import { runnerLine } from './machine-lines.ts'
import { setState } from './set-state.ts'

/** Milliseconds between two looks at a volume that is not yet there to be mounted. */
const LOOKS_AGAIN = 200

export function beginLaunch(world: World, machine: Machine): void {
  addEvent(world, machine, { type: 'launch', status: 'pending', source: 'flyd' })
  runnerLine(world, machine, `Pulling container image ${machine.config.image}`)
  const run = () => {
    if (canMount(world, machine)) beginStart(world, machine, 'flyd')
    else later(world, { machine, delay: LOOKS_AGAIN, run })
  }
  later(world, { machine, delay: drawDelay(world, 'create'), run })
}

/** A machine that is not launched is prepared and then lies stopped, as standbys and release commands do (flyctl). */
export function beginRest(world: World, machine: Machine): void {
  const run = () => {
    setState(world, machine, 'stopping')
    setState(world, machine, 'stopped')
  }
  later(world, { machine, delay: drawDelay(world, 'create'), run })
}
