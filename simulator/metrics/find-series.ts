import type { World } from '../world/world.ts'
import { edgeSeries } from './edges.ts'
import { instanceMetrics, instanceSeries } from './instances.ts'
import { unanswerable } from './query-error.ts'
import { RETENTION } from './scrape.ts'
import { type Filter, filterOf, type Matcher } from './selector.ts'
import type { Series } from './series.ts'
import { volumeSeries } from './volumes.ts'

/** The most series one selector may mean, as the engine has it unless told otherwise (VictoriaMetrics docs). */
const MOST = 300_000

export interface Wanted {
  /** `rawSlug` of the organisation. */
  org: string
  matchers: readonly Matcher[]
  /** Milliseconds since 1970; what ended before is not looked at. */
  since: number
}

/** Every series of an organization that a selector means. They hold no values: those are made when asked for. */
export function* eachSeries(world: World, { org, matchers, since }: Wanted): Generator<Series> {
  const filter = filterOf(matchers)
  const isApp = filter.label('app')
  const { curves, exits } = instanceMetrics(world)
  const isNamed = ([name]: [string, unknown]) => filter.name(name)
  const looked = { world, metrics: { curves: curves.filter(isNamed), exits: exits.filter(isNamed) } }
  for (const app of world.apps.values()) {
    if (app.org !== org || !isApp(app.name)) continue
    yield* fitting(filter, instanceSeries(looked, app, filter, since))
    yield* fitting(filter, edgeSeries(world, app, filter))
    yield* fitting(filter, volumeSeries(world, app, filter))
  }
}

function* fitting(filter: Filter, all: Iterable<Series>): Generator<Series> {
  for (const series of all) if (filter.fits(series.labels)) yield series
}

/** The same as a list of what is kept; an error where they are too many for one query. */
export function findSeries(world: World, wanted: Wanted): Series[] {
  const found: Series[] = []
  for (const series of eachSeries(world, wanted)) {
    found.push(kept(world, series))
    if (found.length > MOST) throw unanswerable(`the number of matching timeseries exceeds ${MOST}`)
  }
  return found
}

/** What is older than the retention is gone, and what is still to come is not there. */
function kept(world: World, { labels, at }: Series): Series {
  const now = world.clock.now()
  return { labels, at: (time) => (time > now || time < now - RETENTION ? Number.NaN : at(time)) }
}
