import { endOf } from '../machines/run-book.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { instanceOf } from './instances.ts'
import { NAME } from './labels.ts'
import type { Filter } from './selector.ts'
import type { Instance, Series } from './series.ts'
import { EDGE_SHARES, HANDSHAKE_ERRORS, medianOf, type Share, visitsOf, whole } from './traffic.ts'

const HANDSHAKES = 'fly_edge_tls_handshake_errors'
const EDGE_METRICS = [...Object.keys(EDGE_SHARES), HANDSHAKES]

/** An edge counts from its own last start on: it is replaced once a week, whatever its apps do. */
const WEEK = 7 * 24 * 3_600_000

const sharesOf = (app: App, metric: string): Share[] =>
  metric === HANDSHAKES
    ? [{ ...HANDSHAKE_ERRORS, labels: { servername: `${app.name}.fly.dev` } }]
    : (EDGE_SHARES[metric] ?? [])

/** What all machines of a region served, those that are gone too: the edge stays when they go. */
function servedBy(instances: readonly Instance[], { of }: Share, now: number): (from: number, to: number) => number {
  const partOf = (instance: Instance) => ({
    life: instance.life,
    visits: visitsOf(instance),
    share: of(medianOf(instance)),
  })
  let parts: ReturnType<typeof partOf>[] | undefined
  return (from, to) => {
    let sum = 0
    parts ??= instances.map(partOf)
    for (const { life, visits, share } of parts) {
      for (const run of life.runs) {
        const [begin, end] = [Math.max(from, run.from), Math.min(to, endOf(life, run, now))]
        if (run.serves && begin < end) sum += visits.between(begin, end) * share
      }
    }
    return sum
  }
}

/** An app has an edge in each region where it ever served; people come in where they are served. */
export function* edgeSeries(world: World, app: App, filter: Filter): Generator<Series> {
  const metrics = EDGE_METRICS.filter(filter.name)
  if (metrics.length === 0) return
  const now = world.clock.now()
  const served = world.runs.lives(app.name).filter(({ runs }) => runs.some(({ serves }) => serves))
  for (const region of new Set(served.map(({ machine }) => machine.region))) {
    if (!filter.label('region')(region)) continue
    const lives = served.filter(({ machine }) => machine.region === region)
    const instances = lives.map((life) => instanceOf(world, life))
    const born = Math.min(...lives.flatMap(({ runs }) => runs.map(({ from }) => from)))
    const labels = { app: app.name, region, host: world.hosts.of(region)[0]?.id ?? '' }
    for (const metric of metrics)
      for (const share of sharesOf(app, metric)) {
        const count = servedBy(instances, share, now)
        yield {
          labels: { [NAME]: metric, ...labels, ...share.labels },
          at: (time) => (time < born ? Number.NaN : whole(metric, count(Math.floor(time / WEEK) * WEEK, time))),
        }
      }
  }
}
