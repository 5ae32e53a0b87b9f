import { scaledDelay } from '../world/delay.ts'
import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { publishVolume } from './publish.ts'

/** How long a volume stays in a state that passes, in milliseconds, drawn from the seed. */
const DELAYS = {
  creating: { from: 100, to: 400 },
  restoring: { from: 1_000, to: 3_000 },
  hydrating: { from: 2_000, to: 6_000 },
  enabling_remote_export: { from: 300, to: 900 },
  extending: { from: 300, to: 900 },
  recovering: { from: 500, to: 1_500 },
  fork_cleanup: { from: 500, to: 1_500 },
}
type Passing = keyof typeof DELAYS

/** Something about the volume changed: its time and the org-wide list follow. */
export function touchVolume(world: World, volume: Volume): void {
  volume.updatedAt = Math.max(world.clock.now(), volume.updatedAt + 1)
  publishVolume(world, volume)
}

export function setVolumeState(world: World, volume: Volume, state: string): void {
  if (volume.state === state) return
  world.effects.add({ kind: 'volume', id: volume.id, change: 'state', from: volume.state, to: state })
  volume.state = state
  touchVolume(world, volume)
}

/** A state that passes by itself, unless another came meanwhile. */
export function pass(world: World, volume: Volume, state: Passing, then: () => void): void {
  setVolumeState(world, volume, state)
  world.schedule.after(scaledDelay(world, DELAYS[state]), () => {
    if (volume.state === state) then()
  })
}

export const becomeCreated = (world: World, volume: Volume) => () => setVolumeState(world, volume, 'created')

/**
 * Volumes a machine can be made with. One that is still being filled can be mounted already (Fly docs, volume states);
 * for one that is being created or restored the machine waits, as flyctl does not.
 */
export const MOUNTABLE: readonly string[] = ['creating', 'created', 'restoring', 'hydrating', 'extending']
