import type { World } from '../world/world.ts'
import { afterDetach } from './destroy-volume.ts'
import { touchVolume } from './volume-state.ts'

export function attachVolume(world: World, volumeId: string, machineId: string): void {
  const volume = world.volumes.get(volumeId)
  if (!volume) return
  volume.attachedMachineId = machineId
  touchVolume(world, volume)
}

/** The volumes of a machine stay when it goes, and go on costing. */
export function detachVolumes(world: World, machineId: string): void {
  for (const volume of world.volumes.values()) {
    if (volume.attachedMachineId !== machineId) continue
    delete volume.attachedMachineId
    touchVolume(world, volume)
    afterDetach(world, volume)
  }
}
