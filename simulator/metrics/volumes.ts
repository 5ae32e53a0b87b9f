import type { Life } from '../machines/run-book.ts'
import type { App, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { NAME } from './labels.ts'
import type { Filter } from './selector.ts'
import type { Series } from './series.ts'
import { createVolumeUse } from './volume-use.ts'

const GIGABYTE = 1024 ** 3

type Measure = (volume: Volume, used: number) => number
const MEASURES: Record<string, Measure> = {
  fly_volume_size_bytes: ({ sizeGb }) => sizeGb * GIGABYTE,
  fly_volume_used_pct: ({ sizeGb }, used) => Math.round((used / (sizeGb * GIGABYTE)) * 10_000) / 100,
}

/** What is destroyed, or on a lost host, was heard of as long as its machine ran, or as it was last changed. */
function heardUntil({ state, hostStatus, updatedAt }: Volume, lives: readonly Life[], startedAt: number): number {
  if (state !== 'destroyed' && hostStatus !== 'unreachable') return Number.POSITIVE_INFINITY
  const ends = lives.map(({ runs }) => runs.at(-1)?.to ?? 0)
  return Math.max(...ends, updatedAt > startedAt ? updatedAt : 0)
}

/** The curves of an app's volumes. Of one whose snapshots are gone too nothing is known any more. */
export function* volumeSeries(world: World, app: App, filter: Filter): Generator<Series> {
  const metrics = Object.entries(MEASURES).filter(([name]) => filter.name(name))
  if (metrics.length === 0) return
  const use = createVolumeUse(world)
  const isWanted = filter.label('id')
  for (const id of app.volumes) {
    const volume = world.volumes.get(id)
    if (!volume || !isWanted(id)) continue
    const until = heardUntil(volume, use.livesOf(volume), world.startedAt)
    const used = use.of(volume)
    const labels = { app: app.name, region: volume.region, host: volume.zone, id }
    for (const [metric, measure] of metrics)
      yield {
        labels: { [NAME]: metric, ...labels },
        at: (time) => (time >= volume.createdAt && time < until ? measure(volume, used(time)) : Number.NaN),
      }
  }
}
