import type { App, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { usedOf } from './devices.ts'
import { NAME } from './labels.ts'
import type { Filter } from './selector.ts'
import type { Series } from './series.ts'

const GIGABYTE = 1024 ** 3

type Measure = (volume: Volume, used: number) => number
const MEASURES: Record<string, Measure> = {
  fly_volume_size_bytes: ({ sizeGb }) => sizeGb * GIGABYTE,
  fly_volume_used_pct: ({ sizeGb }, used) => Math.round((used / (sizeGb * GIGABYTE)) * 10_000) / 100,
}

/** A lost host reports nothing of what it holds; until when it did is known of the machine that mounted it. */
function heardUntil(world: World, app: App, volume: Volume): number {
  if (volume.hostStatus !== 'unreachable') return Number.POSITIVE_INFINITY
  const life = world.runs.lives(app.name).find(({ machine }) => machine.id === volume.attachedMachineId)
  return life?.runs.at(-1)?.to ?? 0
}

/** The curves of an app's volumes. Of one that is deleted nothing is known any more, its past neither. */
export function* volumeSeries(world: World, app: App, filter: Filter): Generator<Series> {
  const metrics = Object.entries(MEASURES).filter(([name]) => filter.name(name))
  if (metrics.length === 0) return
  for (const id of app.volumes) {
    const volume = world.volumes.get(id)
    if (!volume) continue
    const until = heardUntil(world, app, volume)
    const labels = { app: app.name, region: volume.region, host: volume.zone, id }
    for (const [metric, measure] of metrics)
      yield {
        labels: { [NAME]: metric, ...labels },
        at: (time) =>
          time >= volume.createdAt && time < until
            ? measure(volume, usedOf(volume, time, world.startedAt))
            : Number.NaN,
      }
  }
}
