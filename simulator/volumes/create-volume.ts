import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { settleVolume } from '../hosts/place.ts'
import { hostForVolume } from '../hosts/place-volume.ts'
import { badRequest } from '../http/fly-error.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { type Call, ok } from '../http/route.ts'
import { Guest } from '../machines/config.ts'
import { checkTrialVolumes } from '../organizations/trial.ts'
import { NEAREST, regionsMeant } from '../platform/regions.ts'
import { volumeId } from '../world/ids.ts'
import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Contents, contentsOf, exportSource } from './contents.ts'
import { becomeCreated, pass } from './volume-state.ts'
import { volumeView } from './volume-view.ts'

/** Gigabytes (Fly docs, volumes). */
export const SIZE = z.int().min(1).max(500)
/** Days a snapshot is kept (Fly docs, volume snapshots). */
export const RETENTION = z.int().min(1).max(60)

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
  snapshot_retention: RETENTION.default(5),
  auto_backup_enabled: z.boolean().default(true),
  require_unique_zone: z.boolean().default(true),
  unique_zone_app_wide: z.boolean().default(false),
  compute: Guest.optional(),
  compute_image: z.string().optional(),
})
type CreateVolume = z.infer<typeof CreateVolume>

/** Gigabytes of a volume whose size nobody said (Machines API docs, volumes resource). */
const DEFAULT_SIZE = 3
/** What a new file system takes for itself. */
const FORMATTED = 0.01

function sizeOf(body: CreateVolume, { sizeGb: least }: Contents): number {
  const sizeGb = body.size_gb ?? Math.max(DEFAULT_SIZE, least)
  if (sizeGb < least) throw badRequest(`size_gb must be at least ${least}`)
  return sizeGb
}

export function createVolume(call: Call) {
  const { world, principal, params } = call
  const app = appFor(world, principal, params.app ?? '')
  const body = parse(CreateVolume, withoutNulls(call.body))
  const contents = contentsOf(world, app, body)
  const sizeGb = sizeOf(body, contents)
  checkTrialVolumes(world, app, sizeGb)
  const wanted = body.region || contents.source?.region || NEAREST
  const regions = regionsMeant(wanted)
  if (regions.length === 0) throw badRequest(`region ${wanted} not found`)
  const host = hostForVolume(world, {
    ...{ app: app.name, name: body.name, regions, guest: body.compute },
    apart: body.require_unique_zone ? (body.unique_zone_app_wide ? 'app' : 'name') : 'nothing',
  })
  const now = world.clock.now()
  const volume: Volume = {
    id: volumeId(world.random),
    app: app.name,
    name: body.name,
    state: '',
    region: host.region,
    zone: host.id,
    sizeGb,
    encrypted: contents.source?.encrypted ?? body.encrypted,
    fstype: contents.source?.fstype ?? body.fstype,
    createdAt: now,
    updatedAt: now,
    snapshotRetention: body.snapshot_retention,
    autoBackup: body.auto_backup_enabled,
    hostStatus: 'ok',
    bytesUsed: contents.bytesUsed || Math.floor(sizeGb * 1024 ** 3 * FORMATTED),
    usedAt: now,
    snapshots: [],
  }
  world.volumes.set(volume.id, volume)
  app.volumes.add(volume.id)
  settleVolume(world, volume)
  fill(world, volume, contents)
  world.shells.copyVolume(body.snapshot_id ?? body.source_volume_id ?? '', volume.id)
  return ok(volumeView(world, volume))
}

/** From nothing, from a snapshot, or from another volume that is read over the network meanwhile. */
function fill(world: World, volume: Volume, { kind, source }: Contents): void {
  const done = becomeCreated(world, volume)
  if (kind === 'snapshot') pass(world, volume, 'restoring', done)
  else if (source) {
    exportSource(world, source)
    pass(world, volume, 'creating', () => pass(world, volume, 'hydrating', done))
  } else pass(world, volume, 'creating', done)
}
