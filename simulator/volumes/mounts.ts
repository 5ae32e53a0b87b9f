import type { MachineConfig } from '../machines/config.ts'
import type { Volume } from '../world/types.ts'
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
