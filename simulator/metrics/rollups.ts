import { quantile } from './quantile.ts'
import type { Window } from './windows.ts'

/** What becomes of the samples of a range. Some take a number before them. */
export type Rollup = (window: Window, parameter: number) => number

const at = (list: Float64Array, index: number) => list[index] ?? Number.NaN
const begin = ({ first, continues }: Window) => (continues ? first - 1 : first)

const seconds = (window: Window) => (at(window.times, window.last) - at(window.times, begin(window))) / 1_000

/**
 * By how much something changed. The engine takes the sample before the range into account and does not extrapolate
 * (VictoriaMetrics docs, increase).
 */
function delta(window: Window): number {
  const start = begin(window)
  return start === window.last ? Number.NaN : at(window.values, window.last) - at(window.values, start)
}

/** Between the last two samples alone. */
function lastTwo({ values, times, first, last, continues }: Window): Window | undefined {
  if (last === first && !continues) return undefined
  return { values, times, first: last - 1, last, continues: false }
}

/** Typed lists sort by number. */
const sorted = ({ values, first, last }: Window) => [...values.slice(first, last + 1).sort()]

function fold(window: Window, start: number, step: (sum: number, value: number) => number): number {
  let sum = start
  for (let index = window.first; index <= window.last; index += 1) sum = step(sum, at(window.values, index))
  return sum
}

const count = ({ first, last }: Window) => last - first + 1
const sum = (window: Window) => fold(window, 0, (total, value) => total + value)
const average = (window: Window) => sum(window) / count(window)
const variance = (window: Window) => {
  const mean = average(window)
  return fold(window, 0, (total, value) => total + (value - mean) ** 2) / count(window)
}

/** How often a value is followed by one that differs as asked. */
const steps = (window: Window, differs: (before: number, now: number) => boolean) => {
  let found = 0
  for (let index = begin(window) + 1; index <= window.last; index += 1)
    if (differs(at(window.values, index - 1), at(window.values, index))) found += 1
  return found
}

/** Every function of a range that is known here. */
export const ROLLUPS: Readonly<Record<string, Rollup>> = {
  increase: delta,
  rate: (window) => delta(window) / seconds(window),
  irate: (window) => {
    const two = lastTwo(window)
    return two ? delta(two) / seconds(two) : Number.NaN
  },
  delta,
  idelta: (window) => {
    const two = lastTwo(window)
    return two ? delta(two) : Number.NaN
  },
  changes: (window) => steps(window, (before, now) => before !== now),
  resets: (window) => steps(window, (before, now) => now < before),
  avg_over_time: average,
  min_over_time: (window) => fold(window, Number.POSITIVE_INFINITY, Math.min),
  max_over_time: (window) => fold(window, Number.NEGATIVE_INFINITY, Math.max),
  sum_over_time: sum,
  count_over_time: count,
  last_over_time: ({ values, last }) => at(values, last),
  first_over_time: ({ values, first }) => at(values, first),
  present_over_time: () => 1,
  stdvar_over_time: variance,
  stddev_over_time: (window) => Math.sqrt(variance(window)),
  quantile_over_time: (window, share) => quantile(share, sorted(window)),
}

/** Those that take what they look at for a counter. */
export const OF_COUNTERS: ReadonlySet<string> = new Set(['increase', 'rate', 'irate'])
