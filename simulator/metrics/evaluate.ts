import { AGGREGATIONS, aggregate } from './aggregate.ts'
import { operateOn } from './binary.ts'
import { type Column, mapColumns, nothing, type Steps, timeAt, unnamed, type Value, vector } from './columns.ts'
import type { Aggregation, Expression, Moment, Selector, Subquery } from './expression.ts'
import { FUNCTIONS, scalarOf } from './functions.ts'
import { badQuery, unanswerable } from './query-error.ts'
import { OF_COUNTERS, ROLLUPS } from './rollups.ts'
import { SCRAPE, scrapeBefore } from './scrape.ts'
import type { Matcher } from './selector.ts'
import type { Series } from './series.ts'
import { existing, overWindows, type Samples, withoutResets } from './windows.ts'

/** Where series come from, and what a query may cost. */
export interface Source {
  find(matchers: readonly Matcher[], since: number): Series[]
  now: number
}

/** Samples one query may look at; a day of one metric of a thousand machines. */
const MOST_SAMPLES = 20_000_000
/** A range that is not written is as long as a step, but holds a few samples (MetricsQL: optional in rates). */
const SHORTEST_RANGE = 4 * SCRAPE
/** The step of a subquery in an instant query that names none, as Prometheus evaluates rules. */
const USUAL_STEP = 60_000
/** A clock that runs ahead of ours still sees the newest values (Prometheus: lookback). */
const LOOKBACK = 5 * 60_000

/** Evaluates an expression at every step. Pure but for the source; throws a QueryError. */
export function evaluate(expression: Expression, steps: Steps, source: Source): Value {
  const budget = { left: MOST_SAMPLES }
  return new Evaluator(steps, source, budget).value(expression)
}

/** The samples of a selector with a range, as they are, up to one moment. */
export function rawSamples(selector: Selector, time: number, source: Source): { series: Series; samples: Samples }[] {
  const evaluator = new Evaluator({ start: time, step: 1, count: 1 }, source, { left: MOST_SAMPLES })
  return evaluator.samples(selector, selector.range ?? 0)
}

/** One pass over one grid of steps. Subqueries have a grid, and so an evaluator, of their own. */
class Evaluator {
  readonly #steps: Steps
  readonly #source: Source
  readonly #budget: { left: number }

  constructor(steps: Steps, source: Source, budget: { left: number }) {
    this.#steps = steps
    this.#source = source
    this.#budget = budget
  }

  value(expression: Expression): Value {
    const { count } = this.#steps
    switch (expression.kind) {
      case 'number':
        return { kind: 'scalar', points: new Float64Array(count).fill(expression.value) }
      case 'string':
        return expression
      case 'selector':
        if (expression.range !== undefined) throw badQuery('parse error: a range stands where one value is expected')
        return vector(this.#instants(expression))
      case 'subquery':
        throw badQuery('parse error: a subquery stands where one value is expected')
      case 'negate': {
        const of = this.value(expression.of)
        if (of.kind === 'scalar') return { kind: 'scalar', points: of.points.map((value) => -value) }
        return vector(mapColumns(vectorOf(of), (value) => -value))
      }
      case 'aggregate':
        return this.#aggregate(expression)
      case 'binary':
        return operateOn(expression, this.value(expression.left), this.value(expression.right), count)
      case 'call':
        return this.#call(expression.name, expression.args)
      default:
        return expression satisfies never
    }
  }

  #aggregate(expression: Aggregation): Value {
    if (!AGGREGATIONS.has(expression.op)) throw unanswerable(`the aggregation ${expression.op} is not supported`)
    const values = expression.parameter ? [this.value(expression.parameter)] : []
    const parameter = scalarOf({ name: expression.op, values, steps: this.#steps }, 0, 0)
    return vector(aggregate(expression, vectorOf(this.value(expression.of)), parameter))
  }

  #call(name: string, args: readonly Expression[]): Value {
    const rollup = ROLLUPS[name]
    if (rollup) return this.#rollUp(name, args)
    const call = FUNCTIONS[name]
    if (!call) throw unanswerable(`unknown or unsupported function: ${name}`)
    return call({ name, values: args.map((argument) => this.value(argument)), steps: this.#steps })
  }

  #rollUp(name: string, args: readonly Expression[]): Value {
    const rollup = ROLLUPS[name]
    const of = args.at(-1)
    const wanted = name === 'quantile_over_time' ? 2 : 1
    if (!rollup || !of || args.length !== wanted)
      throw badQuery(`parse error: expected ${wanted} argument(s) in call to "${name}", got ${args.length}`)
    const values = args.length > 1 && args[0] ? [this.value(args[0])] : []
    const [parameter = 0] = scalarOf({ name, values, steps: this.#steps }, 0, 0)
    const { moment, range, gap, all } = this.#ranged(of)
    const ends = this.#times(moment)
    const seen = OF_COUNTERS.has(name) ? withoutResets : (samples: Samples) => samples
    const keepsName = name === 'last_over_time' || name === 'first_over_time'
    return vector(
      all.map(({ labels, samples }) => ({
        labels: keepsName ? labels : unnamed(labels),
        points: overWindows(seen(samples), { ends, range, gap }, (window) => rollup(window, parameter)),
      })),
    )
  }

  /** What a function of a range looks at. A range that is not written is implied. */
  #ranged(of: Expression) {
    const implied = Math.max(this.#steps.count > 1 ? this.#steps.step : 0, SHORTEST_RANGE)
    if (of.kind === 'selector') {
      const range = of.range ?? implied
      const all = this.samples(of, range).map(({ series, samples }) => ({ labels: series.labels, samples }))
      return { moment: of.moment, range, gap: 1.5 * SCRAPE, all }
    }
    const query: Subquery =
      of.kind === 'subquery' ? of : { kind: 'subquery', of, range: implied, moment: { offset: 0 } }
    return { moment: query.moment, range: query.range, gap: 0, all: this.#subquery(query) }
  }

  #subquery({ of, range, step, moment }: Subquery) {
    const every = step ?? (this.#steps.count > 1 ? this.#steps.step : USUAL_STEP)
    if (every <= 0) throw badQuery('parse error: the step of a subquery must be greater than 0')
    const ends = this.#times(moment)
    // Its steps are multiples of their length, wherever the query begins (Prometheus docs, subqueries).
    const start = Math.ceil(((ends[0] ?? 0) - range + 1) / every) * every
    const count = Math.max(0, Math.floor(((ends.at(-1) ?? 0) - start) / every) + 1)
    this.#spend(count)
    const steps = { start, step: every, count }
    const inner = new Evaluator(steps, this.#source, this.#budget).value(of)
    const times = nothing(count).map((_none, index) => timeAt(steps, index))
    const columns = inner.kind === 'scalar' ? [{ labels: {}, points: inner.points }] : vectorOf(inner)
    return columns.map(({ labels, points }) => ({
      labels,
      samples: existing(times, points),
    }))
  }

  #spend(samples: number): void {
    this.#budget.left -= samples
    if (this.#budget.left < 0)
      throw unanswerable('query processing would load too many samples into memory in query execution')
  }

  /** When the values of each step are taken. */
  #times({ offset, at }: Moment): Float64Array {
    const last = timeAt(this.#steps, this.#steps.count - 1)
    const pinned = at === 'start' ? this.#steps.start : at === 'end' ? last : at
    return nothing(this.#steps.count).map((_none, index) => (pinned ?? timeAt(this.#steps, index)) - offset)
  }

  #instants({ matchers, moment }: Selector): Column[] {
    const { now } = this.#source
    const times = this.#times(moment).map((time) => scrapeBefore(time > now && time - now <= LOOKBACK ? now : time))
    const found = this.#source.find(matchers, times[0] ?? 0)
    this.#spend(found.length * times.length)
    return found
      .map(({ labels, at }) => ({ labels, points: times.map(at) }))
      .filter(({ points }) => points.some((value) => !Number.isNaN(value)))
  }

  /** Every sample that the ranges of all steps touch, and one before. */
  samples({ matchers, moment }: Selector, range: number): { series: Series; samples: Samples }[] {
    const ends = this.#times(moment)
    const first = scrapeBefore((ends[0] ?? 0) - range)
    const count = Math.max(0, Math.floor(((ends.at(-1) ?? 0) - first) / SCRAPE) + 1)
    const found = this.#source.find(matchers, first)
    this.#spend(found.length * count)
    const times = nothing(count).map((_none, index) => first + index * SCRAPE)
    return found.map((series) => ({ series, samples: existing(times, times.map(series.at)) }))
  }
}

function vectorOf(value: Value): Column[] {
  if (value.kind !== 'vector') throw badQuery(`parse error: expected type instant vector, got ${value.kind}`)
  return value.columns
}
