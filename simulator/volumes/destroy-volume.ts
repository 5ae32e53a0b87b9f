import { FlyError } from '../http/fly-error.ts'
import { type Call, ok } from '../http/route.ts'
import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { volumeFor } from './find-volume.ts'
import { pass, setVolumeState } from './volume-state.ts'
import { volumeView } from './volume-view.ts'

/** Milliseconds a deleted volume can still be listed and restored (Fly docs, volumes). */
const GRACE = 24 * 3_600_000
/** On its way out already, whoever asks again. */
const GOING = ['scheduling_destroy', 'waiting_for_detach', 'pending_destroy', 'fork_cleanup']
/** A fork that is not whole leaves nothing worth keeping. */
const UNFINISHED = ['hydrating']

/** Free of charge from now on, and gone after the grace. */
export function beginGrace(world: World, volume: Volume, grace = GRACE): void {
  setVolumeState(world, volume, 'pending_destroy')
  world.schedule.after(grace, () => {
    if (volume.state === 'pending_destroy') finishDestroy(world, volume)
  })
}

/** Gone from its app; its snapshots stay for as long as they are kept (Fly docs, volumes). */
function finishDestroy(world: World, volume: Volume): void {
  setVolumeState(world, volume, 'destroyed')
  world.apps.get(volume.app)?.volumes.delete(volume.id)
  world.hosts.get(volume.zone).volumes.delete(volume.id)
}

/** What waited for its machine to let go goes on. */
export function afterDetach(world: World, volume: Volume): void {
  if (volume.state === 'waiting_for_detach') beginGrace(world, volume)
}

export function destroyVolume(call: Call) {
  const { world } = call
  const volume = volumeFor(call)
  if (GOING.includes(volume.state)) throw new FlyError(422, `volume is already ${volume.state}`)
  if (volume.attachedMachineId) waitForDetach(world, volume, volume.attachedMachineId)
  // Its host does the rest when it is back.
  else if (volume.hostStatus !== 'ok') setVolumeState(world, volume, 'scheduling_destroy')
  else if (UNFINISHED.includes(volume.state)) pass(world, volume, 'fork_cleanup', () => finishDestroy(world, volume))
  else beginGrace(world, volume)
  return ok(volumeView(world, volume))
}

/** A machine that is going lets its volume go with it; one that stays does not. */
function waitForDetach(world: World, volume: Volume, machine: string): void {
  if (world.machines.get(machine)?.state !== 'destroying') {
    throw new FlyError(422, `volume is attached to machine ${machine}`)
  }
  setVolumeState(world, volume, 'waiting_for_detach')
}

/** Its host is back: what waited for it goes on, everything else is looked through first. */
export function afterHostReturn(world: World, volume: Volume): void {
  if (volume.state === 'scheduling_destroy') beginGrace(world, volume)
  else if (volume.state === 'created') {
    pass(world, volume, 'recovering', () => setVolumeState(world, volume, 'created'))
  }
}
