import { createRandom, hash } from '../world/random.ts'
import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { extendWhereWanted } from './extend.ts'
import { takeSnapshot } from './snapshots.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Each volume has an hour of the day of its own. */
const isItsHour = (world: World, { id }: Volume) => Math.floor(world.clock.now() / HOUR) % 24 === hash(id) % 24

/** Once a day, unless its owner switched that off (Fly docs, volume snapshots). */
function backUp(world: World, volume: Volume): void {
  if (!volume.autoBackup || volume.state !== 'created' || volume.hostStatus !== 'ok') return
  if (isItsHour(world, volume)) {
    takeSnapshot(world, volume, createRandom(hash(`${world.seed} ${volume.id} ${world.clock.now()}`)))
  }
}

/** The hourly round of the volumes: backups, snapshots that are too old, disks that are to grow. */
export function volumesRound(world: World): void {
  const now = world.clock.now()
  for (const volume of world.volumes.values()) {
    backUp(world, volume)
    if (volume.snapshots.length > 0) {
      volume.snapshots = volume.snapshots.filter(
        ({ createdAt, retentionDays }) => createdAt + retentionDays * DAY > now,
      )
    }
    extendWhereWanted(world, volume)
    if (volume.state === 'destroyed' && volume.snapshots.length === 0) world.volumes.delete(volume.id)
  }
}
