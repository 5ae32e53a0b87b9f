import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { tellMount } from './mounts.ts'
import { bytesUsed } from './use.ts'
import { becomeCreated, pass } from './volume-state.ts'

const GIB = 1024 ** 3
/** Gigabytes (Fly docs, volumes). */
const LARGEST = 500

/** To a size that is larger than what it has. */
export function beginExtend(world: World, volume: Volume, sizeGb: number): void {
  volume.sizeGb = sizeGb
  tellMount(world, volume)
  pass(world, volume, 'extending', becomeCreated(world, volume))
}

/** A machine that has it mounted sees the new size after its next start. */
export function needsRestart(world: World, { attachedMachineId }: Volume): boolean {
  const machine = world.machines.get(attachedMachineId ?? '')
  return machine !== undefined && ['started', 'starting', 'suspended'].includes(machine.state)
}

/** Grows a volume that is fuller than its mount allows, by as much and as far as that says (Fly docs, fly.toml mounts). */
export function extendWhereWanted(world: World, volume: Volume): void {
  const machine = world.machines.get(volume.attachedMachineId ?? '')
  if (machine?.state !== 'started' || volume.state !== 'created' || volume.hostStatus !== 'ok') return
  const mount = machine.config.mounts?.find(({ volume: id }) => id === volume.id)
  const { extend_threshold_percent: threshold = 0, add_size_gb: step = 0, size_gb_limit: limit = 0 } = mount ?? {}
  if (threshold === 0 || step === 0) return
  if ((bytesUsed(world, volume) / (volume.sizeGb * GIB)) * 100 < threshold) return
  const sizeGb = Math.min(volume.sizeGb + step, limit || LARGEST, LARGEST)
  if (sizeGb > volume.sizeGb) beginExtend(world, volume, sizeGb)
}
