import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { regionsMeant } from '../platform/regions.ts'
import { volumeId } from '../world/ids.ts'
import type { App, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { publishVolume } from './publish.ts'
import { volumeFor } from './read-routes.ts'
import { findSnapshot } from './snapshots.ts'
import { volumeView } from './volume-view.ts'

/** Gigabytes (Fly docs, volumes). */
const SIZE = z.int().min(1).max(500)
const CreateVolume = z.looseObject({
  name: z
    .string()
    .regex(/^[a-z0-9_]{1,30}$/, 'volume names hold lower-case letters, digits and underscores, at most 30'),
  region: z.string().optional(),
  size_gb: SIZE.optional(),
  encrypted: z.boolean().default(true),
  // flyctl sends an empty word when nobody chose.
  fstype: z
    .enum(['ext4', 'raw', ''])
    .default('ext4')
    .transform((word) => word || 'ext4'),
  snapshot_id: z.string().optional(),
  source_volume_id: z.string().optional(),
  snapshot_retention: z.int().min(1).max(60).default(5),
  auto_backup_enabled: z.boolean().default(true),
})
type CreateVolume = z.infer<typeof CreateVolume>

const DEFAULT_SIZE = 3

/** What the new volume starts with: nothing, a snapshot, or a fork of another volume of the app. */
function contentsOf(
  world: World,
  app: App,
  body: CreateVolume,
): { sizeGb: number; bytesUsed: number; region: string | undefined } {
  if (body.snapshot_id !== undefined) {
    const found = findSnapshot(world, body.snapshot_id)
    if (!found) throw new FlyError(404, 'snapshot not found')
    return { sizeGb: found.volume.sizeGb, bytesUsed: found.snapshot.size, region: undefined }
  }
  if (body.source_volume_id !== undefined) {
    const source = world.volumes.get(body.source_volume_id)
    if (!source || source.app !== app.name) throw new FlyError(404, 'source volume not found')
    return { sizeGb: source.sizeGb, bytesUsed: source.bytesUsed, region: source.region }
  }
  return { sizeGb: 0, bytesUsed: 0, region: undefined }
}

function placeFor(world: World, wanted: string): string {
  const meant = regionsMeant(wanted)
  if (meant.length === 0) throw badRequest(`region ${wanted} not found`)
  const free = meant.find((code) => !world.fullRegions.has(code))
  if (free === undefined) {
    throw new FlyError(422, `insufficient resources available to create the volume in ${wanted}`, {
      status: 'insufficient_capacity',
    })
  }
  return free
}

function create(call: Call) {
  const { world, principal, params } = call
  const app = appFor(world, principal, params.app ?? '')
  const body = parse(CreateVolume, withoutNulls(call.body))
  const source = contentsOf(world, app, body)
  const sizeGb = body.size_gb ?? Math.max(DEFAULT_SIZE, source.sizeGb)
  if (sizeGb < source.sizeGb) throw badRequest(`size_gb must be at least ${source.sizeGb}`)
  const now = world.clock.now()
  const volume: Volume = {
    id: volumeId(world.random),
    app: app.name,
    name: body.name,
    state: 'created',
    region: placeFor(world, body.region ?? source.region ?? 'fra'),
    zone: world.random.hex(4),
    sizeGb,
    encrypted: body.encrypted,
    fstype: body.fstype,
    createdAt: now,
    updatedAt: now,
    snapshotRetention: body.snapshot_retention,
    autoBackup: body.auto_backup_enabled,
    hostStatus: 'ok',
    bytesUsed: source.bytesUsed || Math.floor(sizeGb * 1024 ** 3 * 0.01),
    snapshots: [],
  }
  world.volumes.set(volume.id, volume)
  app.volumes.add(volume.id)
  publishVolume(world, volume)
  return ok(volumeView(volume))
}

function touched(world: World, volume: Volume): Record<string, unknown> {
  volume.updatedAt = world.clock.now()
  publishVolume(world, volume)
  return volumeView(volume)
}

const UpdateVolume = z.looseObject({
  snapshot_retention: z.int().min(1).max(60).optional(),
  auto_backup_enabled: z.boolean().optional(),
})

function update(call: Call) {
  const volume = volumeFor(call)
  const body = parse(UpdateVolume, withoutNulls(call.body))
  volume.snapshotRetention = body.snapshot_retention ?? volume.snapshotRetention
  volume.autoBackup = body.auto_backup_enabled ?? volume.autoBackup
  return ok(touched(call.world, volume))
}

function extend(call: Call) {
  const volume = volumeFor(call)
  const { size_gb: sizeGb } = parse(z.looseObject({ size_gb: SIZE }), call.body)
  if (sizeGb <= volume.sizeGb) throw badRequest(`size_gb must be larger than ${volume.sizeGb}: volumes never shrink`)
  volume.sizeGb = sizeGb
  return ok({ volume: touched(call.world, volume), needs_restart: volume.attachedMachineId !== undefined })
}

/** Milliseconds a deleted volume can still be listed and restored (Fly docs, volumes). */
const GRACE = 24 * 3_600_000

function remove(call: Call) {
  const { world } = call
  const volume = volumeFor(call)
  if (volume.attachedMachineId) throw new FlyError(422, `volume is attached to machine ${volume.attachedMachineId}`)
  if (volume.state === 'pending_destroy') throw new FlyError(422, 'volume is already pending_destroy')
  volume.state = 'pending_destroy'
  world.schedule.after(GRACE, () => {
    volume.state = 'destroyed'
    touched(world, volume)
    world.volumes.delete(volume.id)
    world.apps.get(volume.app)?.volumes.delete(volume.id)
  })
  return ok(touched(world, volume))
}

const VOLUME = '/v1/apps/:app/volumes/:volume'

export const volumeWriteRoutes: Route[] = [
  { method: 'POST', path: '/v1/apps/:app/volumes', handle: create },
  { method: 'PUT', path: VOLUME, handle: update },
  { method: 'PUT', path: `${VOLUME}/extend`, handle: extend },
  { method: 'DELETE', path: VOLUME, handle: remove },
]
