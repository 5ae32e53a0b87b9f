import type { Host } from '../hosts/hosts.ts'
import { settleVolume } from '../hosts/place.ts'
import { digest, snapshotId, volumeId } from '../world/ids.ts'
import type { Random } from '../world/random.ts'
import type { App, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'

const DAY = 24 * 3_600_000

interface VolumeSeed {
  app: App
  host: Host
  sizeGb: number
  name: string
}

/** A volume with a history: filled to some degree, one snapshot a day for five days. */
export function seedVolume(world: World, random: Random, { app, host, sizeGb, name }: VolumeSeed): Volume {
  const createdAt = world.startedAt - random.int(6, 90) * DAY
  const bytesUsed = Math.floor(sizeGb * 1024 ** 3 * (0.05 + random.next() * 0.92))
  const volume: Volume = {
    id: volumeId(random),
    app: app.name,
    name,
    state: 'created',
    region: host.region,
    zone: host.id,
    sizeGb,
    encrypted: true,
    fstype: 'ext4',
    createdAt,
    updatedAt: createdAt,
    snapshotRetention: 5,
    autoBackup: true,
    hostStatus: host.status,
    bytesUsed,
    usedAt: world.startedAt,
    snapshots: Array.from({ length: 5 }, (_, age) => ({
      id: snapshotId(random),
      size: Math.floor(bytesUsed * (1 - age * 0.02)),
      volumeSizeGb: sizeGb,
      digest: digest(random),
      createdAt: world.startedAt - age * DAY - random.int(0, 3_600_000),
      status: 'created',
      retentionDays: 5,
    })),
  }
  world.volumes.set(volume.id, volume)
  settleVolume(world, volume)
  app.volumes.add(volume.id)
  return volume
}
