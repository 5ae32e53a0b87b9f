import { detachVolumes } from '../volumes/attach.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** A destroyed machine can still be read for a moment (flyctl reads its exit event), then it is 404. */
const READABLE = 10_000

/** Frees what the machine held. Its id is never used again. */
export function removeMachine(world: World, machine: Machine): void {
  detachVolumes(world, machine.id)
  world.apps.get(machine.app)?.machines.delete(machine.id)
  world.schedule.after(READABLE * world.delayScale, () => world.machines.delete(machine.id))
}
