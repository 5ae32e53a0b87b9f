import { type Column, type Steps, timeAt, type Value } from './columns.ts'
import { keyOf, type Labels } from './labels.ts'
import type { Series } from './series.ts'
import type { Samples } from './windows.ts'

/** A value as the API writes numbers: as text. */
function spell(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value)
}

type Point = [number, string]
const point = (time: number, value: number): Point => [time / 1_000, spell(value)]

const byLabels = (a: { metric: Labels }, b: { metric: Labels }) => (keyOf(a.metric) < keyOf(b.metric) ? -1 : 1)

/** The result of a query at one moment. `inOrder` = as it was sorted. */
export function instantResult(value: Value, time: number, inOrder: boolean) {
  if (value.kind === 'string') return { resultType: 'string', result: [time / 1_000, value.text] }
  if (value.kind === 'scalar') return { resultType: 'scalar', result: point(time, value.points[0] ?? Number.NaN) }
  const result = value.columns.flatMap(({ labels, points: [first = Number.NaN] }) =>
    Number.isNaN(first) ? [] : [{ metric: labels, value: point(time, first) }],
  )
  return { resultType: 'vector', result: inOrder ? result : result.sort(byLabels) }
}

function valuesOf({ points }: Column, steps: Steps): Point[] {
  const values: Point[] = []
  points.forEach((value, index) => {
    if (!Number.isNaN(value)) values.push(point(timeAt(steps, index), value))
  })
  return values
}

/** The result of a query over a range: one list of values for each series. */
export function rangeResult(value: Value, steps: Steps) {
  const columns = value.kind === 'vector' ? value.columns : []
  const all = value.kind === 'scalar' ? [{ labels: {}, points: value.points }] : columns
  const result = all.flatMap((column) => {
    const values = valuesOf(column, steps)
    return values.length === 0 ? [] : [{ metric: column.labels, values }]
  })
  return { resultType: 'matrix', result: result.sort(byLabels) }
}

/** The samples of a selector with a range, each with its own time. */
export function rawResult(all: readonly { series: Series; samples: Samples }[], since: number) {
  const result = all.flatMap(({ series, samples: { times, values } }) => {
    const shown = [...times].flatMap((time, index) => (time > since ? [point(time, values[index] ?? Number.NaN)] : []))
    return shown.length === 0 ? [] : [{ metric: series.labels, values: shown }]
  })
  return { resultType: 'matrix', result: result.sort(byLabels) }
}
