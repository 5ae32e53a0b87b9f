import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { badRequest } from '../http/fly-error.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { checkTrialVolumes } from '../organizations/trial.ts'
import { createVolume, RETENTION, SIZE } from './create-volume.ts'
import { destroyVolume } from './destroy-volume.ts'
import { beginExtend, needsRestart } from './extend.ts'
import { volumeFor, volumeForWork } from './find-volume.ts'
import { touchVolume } from './volume-state.ts'
import { volumeView } from './volume-view.ts'

const UpdateVolume = z.looseObject({
  snapshot_retention: RETENTION.optional(),
  auto_backup_enabled: z.boolean().optional(),
})

/** The retention is that of snapshots to come. */
function update(call: Call) {
  const volume = volumeFor(call)
  const body = parse(UpdateVolume, withoutNulls(call.body))
  volume.snapshotRetention = body.snapshot_retention ?? volume.snapshotRetention
  volume.autoBackup = body.auto_backup_enabled ?? volume.autoBackup
  touchVolume(call.world, volume)
  call.world.effects.add({ kind: 'volume', id: volume.id, change: 'updated' })
  return ok(volumeView(call.world, volume))
}

function extend(call: Call) {
  const { world } = call
  const { size_gb: sizeGb } = parse(z.looseObject({ size_gb: SIZE }), call.body)
  const least = volumeFor(call).sizeGb
  if (sizeGb <= least) throw badRequest(`size_gb must be larger than ${least}: volumes never shrink`)
  const volume = volumeForWork(call)
  checkTrialVolumes(world, appFor(world, call.principal, volume.app), sizeGb - volume.sizeGb)
  if (needsRestart(world, volume)) volume.mountedGb ??= volume.sizeGb
  beginExtend(world, volume, sizeGb)
  return ok({ volume: volumeView(world, volume), needs_restart: needsRestart(world, volume) })
}

const VOLUME = '/v1/apps/:app/volumes/:volume'

export const volumeWriteRoutes: Route[] = [
  { method: 'POST', path: '/v1/apps/:app/volumes', handle: createVolume },
  { method: 'PUT', path: VOLUME, handle: update },
  { method: 'PUT', path: `${VOLUME}/extend`, handle: extend },
  { method: 'DELETE', path: VOLUME, handle: destroyVolume },
]
