import { endOf, type Life, type Run } from '../machines/run-book.ts'
import { growth } from '../volumes/use.ts'
import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** Bytes on a volume at a moment. */
export type Use = (time: number) => number

/** What every volume held, at any time, and who mounted it. Made for one query. */
export interface VolumeUse {
  of(volume: Volume): Use
  livesOf(volume: Volume): readonly Life[]
}

const mounts = (run: Run, { id }: Volume) => run.mounts.some(({ volume }) => volume === id)

/** Milliseconds between two moments in which a machine that mounts the volume ran; negative when they are turned round. */
function ranFor(lives: readonly Life[], volume: Volume, now: number): (from: number, to: number) => number {
  const spans = lives.flatMap((life) =>
    life.runs.filter((run) => mounts(run, volume)).map((run) => [run.from, endOf(life, run, now)] as const),
  )
  return (from, to) => {
    if (to < from) return -spans.reduce((sum, span) => sum + overlap(span, to, from), 0)
    return spans.reduce((sum, span) => sum + overlap(span, from, to), 0)
  }
}

const overlap = ([begin, end]: readonly [number, number], from: number, to: number) =>
  Math.max(0, Math.min(end, to) - Math.max(begin, from))

/**
 * A volume grows while its machine runs, in the past as it does now: from what is known of one moment follows what it
 * held at any other.
 */
export function createVolumeUse(world: World): VolumeUse {
  const byApp = new Map<string, Map<string, Life[]>>()
  const indexOf = (app: string) => {
    const index = byApp.get(app) ?? new Map<string, Life[]>()
    if (byApp.has(app)) return index
    byApp.set(app, index)
    for (const life of world.runs.lives(app))
      for (const id of new Set(life.runs.flatMap((run) => run.mounts.map(({ volume }) => volume))))
        index.set(id, [...(index.get(id) ?? []), life])
    return index
  }
  const livesOf = (volume: Volume) => indexOf(volume.app).get(volume.id) ?? []
  return {
    livesOf,
    of(volume) {
      const { bytesUsed, usedAt, sizeGb } = volume
      const ran = ranFor(livesOf(volume), volume, world.clock.now())
      const speed = growth(world, volume)
      const most = sizeGb * 1024 ** 3
      return (time) => Math.floor(Math.min(most, Math.max(0, bytesUsed + speed * ran(usedAt, time))))
    },
  }
}
