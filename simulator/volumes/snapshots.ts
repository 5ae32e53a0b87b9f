import { type Call, ok, type Route } from '../http/route.ts'
import { digest, snapshotId } from '../world/ids.ts'
import type { Snapshot, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { volumeFor } from './read-routes.ts'

export function findSnapshot(world: World, id: string): { volume: Volume; snapshot: Snapshot } | undefined {
  for (const volume of world.volumes.values()) {
    const snapshot = volume.snapshots.find((candidate) => candidate.id === id)
    if (snapshot) return { volume, snapshot }
  }
  return undefined
}

const snapshotView = (volume: Volume) => (snapshot: Snapshot) => ({
  id: snapshot.id,
  size: snapshot.size,
  volume_size: volume.sizeGb * 1024 ** 3,
  digest: snapshot.digest,
  created_at: new Date(snapshot.createdAt).toISOString(),
  status: snapshot.status,
  retention_days: snapshot.retentionDays,
})

/** waiting → running → created, in a second or two. */
export function takeSnapshot(world: World, volume: Volume): Snapshot {
  const snapshot = {
    id: snapshotId(world.random),
    size: volume.bytesUsed,
    digest: digest(world.random),
    createdAt: world.clock.now(),
    status: 'waiting',
    retentionDays: volume.snapshotRetention,
  }
  volume.snapshots = [snapshot, ...volume.snapshots]
  world.schedule.after(400 * world.delayScale, () => {
    snapshot.status = 'running'
    world.schedule.after(1_200 * world.delayScale, () => {
      snapshot.status = 'created'
    })
  })
  return snapshot
}

function list(call: Call) {
  const volume = volumeFor(call)
  return ok(volume.snapshots.map(snapshotView(volume)))
}

/** The description gives no shape for the answer; this one was seen in the wild. */
function create(call: Call) {
  const { id } = takeSnapshot(call.world, volumeFor(call))
  return ok({ Msg: { backup: { graph_id: id } } })
}

const SNAPSHOTS = '/v1/apps/:app/volumes/:volume/snapshots'

export const snapshotRoutes: Route[] = [
  { method: 'GET', path: SNAPSHOTS, handle: list },
  { method: 'POST', path: SNAPSHOTS, handle: create },
]
