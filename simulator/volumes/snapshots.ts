import { digest, snapshotId } from '../world/ids.ts'
import type { Random } from '../world/random.ts'
import type { Snapshot, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { bytesUsed } from './use.ts'

export function findSnapshot(world: World, id: string): { volume: Volume; snapshot: Snapshot } | undefined {
  for (const volume of world.volumes.values()) {
    const snapshot = volume.snapshots.find((candidate) => candidate.id === id)
    if (snapshot) return { volume, snapshot }
  }
  return undefined
}

/** waiting → running → created, in a second or two. */
export function takeSnapshot(world: World, volume: Volume, random: Random = world.random): Snapshot {
  const snapshot: Snapshot = {
    id: snapshotId(random),
    size: bytesUsed(world, volume),
    volumeSizeGb: volume.sizeGb,
    digest: digest(random),
    createdAt: world.clock.now(),
    status: 'waiting',
    retentionDays: volume.snapshotRetention,
  }
  volume.snapshots = [snapshot, ...volume.snapshots]
  world.shells.copyVolume(volume.id, snapshot.id)
  world.effects.add({ kind: 'snapshot', id: snapshot.id, change: 'created', from: volume.id })
  world.schedule.after(400 * world.delayScale, () => {
    snapshot.status = 'running'
    world.schedule.after(1_200 * world.delayScale, () => {
      snapshot.status = 'created'
    })
  })
  return snapshot
}
