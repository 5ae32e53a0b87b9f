import { detachVolumes } from '../volumes/attach.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { drawDelay, later, newTurn } from './delays.ts'
import { addEvent } from './events.ts'
import { runnerLine } from './machine-lines.ts'
import { setState } from './set-state.ts'

/**
 * Milliseconds a destroyed machine can still be read: flyctl looks for its exit event, seconds after the end. Then it
 * is 404; when that is at Fly nobody says.
 */
const READABLE = 60_000
/** Whoever waited for the end has to be able to read it, in a world without delays too. */
const LEAST = 400

export function beginDestroy(world: World, machine: Machine, source: 'user' | 'flyd'): void {
  newTurn(machine)
  setState(world, machine, 'destroying')
  addEvent(world, machine, { type: 'destroy', status: 'destroying', source })
  runnerLine(world, machine, source === 'flyd' ? 'auto_destroy is set, destroying machine' : 'Destroying machine')
  later(world, { machine, delay: drawDelay(world, 'destroy'), run: () => finishDestroy(world, machine) })
}

function finishDestroy(world: World, machine: Machine): void {
  setState(world, machine, 'destroyed')
  addEvent(world, machine, { type: 'destroy', status: 'destroyed', source: 'flyd' })
  free(world, machine)
  world.schedule.after(Math.max(LEAST, READABLE * world.delayScale), () => world.machines.delete(machine.id))
}

/** A launch that can never succeed: the machine is taken away again (Fly docs, machine states). */
export function endLaunch(world: World, machine: Machine): void {
  newTurn(machine)
  setState(world, machine, 'launch_failed')
  const request = { error: 'the root filesystem could not be prepared' }
  addEvent(world, machine, { type: 'launch', status: 'launch_failed', source: 'flyd', request })
  runnerLine(world, machine, 'could not launch machine: the root filesystem could not be prepared', 'error')
  later(world, { machine, delay: drawDelay(world, 'destroy'), run: () => finishDestroy(world, machine) })
}

/** Gone at once and without a trace: 404 from now on. */
export function vanish(world: World, machine: Machine): void {
  newTurn(machine)
  if (machine.state !== 'destroying' && machine.state !== 'destroyed') setState(world, machine, 'destroying')
  if (machine.state === 'destroying') setState(world, machine, 'destroyed')
  free(world, machine)
  world.machines.delete(machine.id)
}

/** Frees what the machine held. Its id is never used again. */
function free(world: World, machine: Machine): void {
  detachVolumes(world, machine.id)
  world.apps.get(machine.app)?.machines.delete(machine.id)
  world.hosts.get(machine.host).machines.delete(machine.id)
}
