import { FlyError } from '../http/fly-error.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { Snapshot } from '../world/types.ts'
import { volumeEverMade, volumeFor } from './find-volume.ts'
import { takeSnapshot } from './snapshots.ts'

const snapshotView = (snapshot: Snapshot) => ({
  id: snapshot.id,
  size: snapshot.size,
  volume_size: snapshot.volumeSizeGb * 1024 ** 3,
  digest: snapshot.digest,
  created_at: new Date(snapshot.createdAt).toISOString(),
  status: snapshot.status,
  retention_days: snapshot.retentionDays,
})

/** Those of a destroyed volume can be listed by whoever kept its id (Fly docs, volumes). */
const list = (call: Call) => ok(volumeEverMade(call).snapshots.map(snapshotView))

/** The description gives no shape for the answer; this one was seen in the wild. */
function create(call: Call) {
  const volume = volumeFor(call)
  if (volume.hostStatus !== 'ok') throw new FlyError(503, 'the host of this volume cannot be reached')
  if (volume.state === 'pending_destroy') throw new FlyError(422, `volume ${volume.id} is ${volume.state}`)
  const { id } = takeSnapshot(call.world, volume)
  return ok({ Msg: { backup: { graph_id: id } } })
}

const SNAPSHOTS = '/v1/apps/:app/volumes/:volume/snapshots'

export const snapshotRoutes: Route[] = [
  { method: 'GET', path: SNAPSHOTS, handle: list },
  { method: 'POST', path: SNAPSHOTS, handle: create },
]
