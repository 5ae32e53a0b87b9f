import { createRandom, hash } from '../world/random.ts'
import type { Machine, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'

const GIB = 1024 ** 3
const DAY = 24 * 3_600_000
/** Megabytes that the program of a machine writes in a day of running. */
const WRITES = { from: 20, to: 400 }
/** What a file system fills at most before its program is refused. */
const FULL = 0.98

/** Bytes a volume grows in a millisecond, the same for the same seed. */
export function growth({ seed }: World, { id }: Volume): number {
  return (createRandom(hash(`${seed} writes ${id}`)).int(WRITES.from, WRITES.to) * 1024 ** 2) / DAY
}

const ownerOf = (world: World, { attachedMachineId }: Volume): Machine | undefined =>
  attachedMachineId === undefined ? undefined : world.machines.get(attachedMachineId)

/** Bytes written to a volume by now. Nothing is counted along: it follows from how long its machine has been running. */
export function bytesUsed(world: World, volume: Volume): number {
  const machine = ownerOf(world, volume)
  if (machine?.state !== 'started') return volume.bytesUsed
  const since = Math.max(volume.usedAt, machine.stateSince)
  const grown = volume.bytesUsed + growth(world, volume) * Math.max(0, world.clock.now() - since)
  return Math.floor(Math.min(grown, Math.max(volume.bytesUsed, fileSystemGb(volume) * GIB * FULL)))
}

/** Gigabytes that the machine sees. */
export const fileSystemGb = ({ sizeGb, mountedGb }: Volume): number => mountedGb ?? sizeGb

/** A machine is about to stop running: what it wrote is kept, and its next start sees all of the volume. */
export function settleUse(world: World, { config }: Machine): void {
  const volume = world.volumes.get(config.mounts?.[0]?.volume ?? '')
  if (!volume) return
  volume.bytesUsed = bytesUsed(world, volume)
  volume.usedAt = world.clock.now()
  delete volume.mountedGb
}
