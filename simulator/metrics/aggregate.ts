import { type Column, groupBy, nothing } from './columns.ts'
import type { Aggregation } from './expression.ts'
import { NAME, only, without } from './labels.ts'
import { quantile } from './quantile.ts'

type Fold = (values: readonly number[], parameter: number) => number

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const average = (values: readonly number[]) => sum(values) / values.length
const variance = (values: readonly number[]) => {
  const mean = average(values)
  return sum(values.map((value) => (value - mean) ** 2)) / values.length
}

const FOLDS: Readonly<Record<string, Fold>> = {
  sum,
  avg: average,
  min: (values) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  max: (values) => values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  count: (values) => values.length,
  group: () => 1,
  stdvar: variance,
  stddev: (values) => Math.sqrt(variance(values)),
  quantile: (values, share) =>
    quantile(
      share,
      values.toSorted((a, b) => a - b),
    ),
}

/** Every aggregation that is known here. */
export const AGGREGATIONS: ReadonlySet<string> = new Set([...Object.keys(FOLDS), 'topk', 'bottomk'])

const present = (columns: readonly Column[], index: number): number[] => {
  const values: number[] = []
  for (const { points } of columns) {
    const value = points[index] ?? Number.NaN
    if (!Number.isNaN(value)) values.push(value)
  }
  return values
}

/** One point of many, step by step. */
const foldAll = (columns: readonly Column[], fold: Fold, parameter: Float64Array): Float64Array =>
  parameter.map((own, index) => {
    const values = present(columns, index)
    return values.length === 0 ? Number.NaN : fold(values, own)
  })

/** At each step the `k` largest or smallest keep their points. */
function choose(columns: readonly Column[], k: Float64Array, sign: 1 | -1): Column[] {
  const kept = columns.map(({ labels }) => ({ labels, points: nothing(k.length) }))
  k.forEach((count, index) => {
    const ranked = columns
      .map(({ points }, place) => ({ place, value: points[index] ?? Number.NaN }))
      .filter(({ value }) => !Number.isNaN(value))
      .sort((a, b) => sign * (b.value - a.value))
    for (const { place, value } of ranked.slice(0, Math.max(0, Math.floor(count))))
      kept[place]?.points.set([value], index)
  })
  const chosen = kept.filter(({ points }) => points.some((value) => !Number.isNaN(value)))
  // At one moment they stand in their order; over time there is none.
  return k.length > 1 ? chosen : chosen.sort((a, b) => sign * ((b.points[0] ?? 0) - (a.points[0] ?? 0)))
}

/** Brings the series of each group together. `parameter` has a value for each step. */
export function aggregate(
  { op, grouping }: Aggregation,
  columns: readonly Column[],
  parameter: Float64Array,
): Column[] {
  const { labels: names, keeps } = grouping
  const groups = groupBy(columns, ({ labels }) => (keeps ? only(labels, names) : without(labels, [...names, NAME])))
  const fold = FOLDS[op]
  return [...groups.values()].flatMap(([labels, group]) =>
    fold ? [{ labels, points: foldAll(group, fold, parameter) }] : choose(group, parameter, op === 'topk' ? 1 : -1),
  )
}
