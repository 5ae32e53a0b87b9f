import type { MachineConfig } from '../machines/config.ts'
import type { Machine, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** A config whose mounts tell of their volumes, whatever its sender left out: flyctl clones machines by these words. */
export function fillMounts(world: World, config: MachineConfig): MachineConfig {
  const mounts = config.mounts?.map((mount) => {
    const volume = world.volumes.get(mount.volume)
    if (!volume) return mount
    return { ...mount, name: mount.name || volume.name, encrypted: volume.encrypted, size_gb: volume.sizeGb }
  })
  return mounts ? { ...config, mounts } : config
}

/** The volume grew: so says the config of the machine that has it. */
export function tellMount(world: World, { attachedMachineId }: Volume): void {
  const machine = world.machines.get(attachedMachineId ?? '')
  if (machine) machine.config = fillMounts(world, machine.config)
}

const FILLED_FIRST = ['creating', 'restoring']

/** Whether the volumes of a machine are there to be mounted: one that is restored has to be whole first. */
export const canMount = (world: World, { config: { mounts = [] } }: Machine): boolean =>
  mounts.every(({ volume }) => !FILLED_FIRST.includes(world.volumes.get(volume)?.state ?? ''))
