import {
  type Column,
  groupBy,
  mapColumns,
  nothing,
  type Steps,
  timeAt,
  unnamed,
  type Value,
  vector,
} from './columns.ts'
import { NAME, without } from './labels.ts'
import { bucketQuantile } from './quantile.ts'
import { badQuery } from './query-error.ts'

export interface Arguments {
  name: string
  values: Value[]
  steps: Steps
}

const wrong = (name: string, place: number, wanted: string) =>
  badQuery(`parse error: expected type ${wanted} in call to function "${name}", argument ${place + 1}`)

export function columnsOf({ name, values }: Arguments, place: number): Column[] {
  const value = values[place]
  if (value?.kind !== 'vector') throw wrong(name, place, 'instant vector')
  return value.columns
}

/** A number for each step; `usual` where the argument may be left out. */
export function scalarOf({ name, values, steps }: Arguments, place: number, usual?: number): Float64Array {
  const value = values[place]
  if (value === undefined && usual !== undefined) return new Float64Array(steps.count).fill(usual)
  if (value?.kind !== 'scalar') throw wrong(name, place, 'scalar')
  return value.points
}

function textOf({ name, values }: Arguments, place: number): string {
  const value = values[place]
  if (value?.kind !== 'string') throw wrong(name, place, 'string')
  return value.text
}

type Call = (args: Arguments) => Value

const each =
  (change: (value: number) => number): Call =>
  (args) =>
    vector(mapColumns(columnsOf(args, 0), change))

const clamp: Call = (args) => {
  const [low, high] = [scalarOf(args, 1), scalarOf(args, 2)]
  const within = (value: number, index: number) => Math.max(low[index] ?? value, Math.min(high[index] ?? value, value))
  const isEmpty = (index: number) => (low[index] ?? 0) > (high[index] ?? 0)
  return vector(mapColumns(columnsOf(args, 0), (value, index) => (isEmpty(index) ? Number.NaN : within(value, index))))
}

const bound =
  (limit: (value: number, other: number) => number): Call =>
  (args) => {
    const others = scalarOf(args, 1)
    return vector(mapColumns(columnsOf(args, 0), (value, index) => limit(value, others[index] ?? value)))
  }

/** To the nearest multiple, halves upwards (Prometheus docs, round). */
const round: Call = (args) => {
  const nearest = scalarOf(args, 1, 1)
  const to = (value: number, index: number) => {
    const inverse = 1 / (nearest[index] ?? 1)
    return Math.floor(value * inverse + 0.5) / inverse
  }
  return vector(mapColumns(columnsOf(args, 0), to))
}

const histogramQuantile: Call = (args) => {
  const share = scalarOf(args, 0)
  const buckets = columnsOf(args, 1).filter(({ labels }) => labels.le !== undefined)
  const groups = groupBy(buckets, ({ labels }) => without(labels, ['le', NAME]))
  const edgeOf = (text = '') => (text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text))
  return vector(
    [...groups.values()].map(([labels, group]) => ({
      labels,
      points: share.map((own, index) =>
        bucketQuantile(
          own,
          group.flatMap((column) => {
            const count = column.points[index] ?? Number.NaN
            return Number.isNaN(count) ? [] : [{ edge: edgeOf(column.labels.le), count }]
          }),
        ),
      ),
    })),
  )
}

/** 1 where there is nothing. */
const absent: Call = (args) => {
  const columns = columnsOf(args, 0)
  const points = nothing(args.steps.count).map((_none, index) =>
    columns.some(({ points: own }) => !Number.isNaN(own[index] ?? Number.NaN)) ? Number.NaN : 1,
  )
  return vector([{ labels: {}, points }])
}

/** The value of the one series there is. */
const scalar: Call = (args) => {
  const columns = columnsOf(args, 0)
  const points = nothing(args.steps.count).map((none, index) => {
    const there = columns.flatMap(({ points: own }) => own[index] ?? none).filter((value) => !Number.isNaN(value))
    return there.length === 1 ? (there[0] ?? none) : none
  })
  return { kind: 'scalar', points }
}

const labelReplace: Call = (args) => {
  const [target, template, source, regex] = [1, 2, 3, 4].map((place) => textOf(args, place))
  const pattern = new RegExp(`^(?:${regex})$`, 's')
  const replaced = ({ labels, points }: Column): Column => {
    const text = labels[source ?? ''] ?? ''
    if (!pattern.test(text)) return { labels, points }
    const value = text.replace(pattern, (template ?? '').replaceAll(/\$\{(\w+)\}/g, '$$$1'))
    const rest = without(labels, [target ?? ''])
    return { labels: value === '' ? rest : { ...rest, [target ?? '']: value }, points }
  }
  return vector(columnsOf(args, 0).map(replaced))
}

const bySize =
  (sign: 1 | -1): Call =>
  (args) =>
    vector(columnsOf(args, 0).toSorted((a, b) => sign * ((a.points[0] ?? 0) - (b.points[0] ?? 0))))

/** Functions of what there is at one moment. */
export const FUNCTIONS: Readonly<Record<string, Call>> = {
  abs: each(Math.abs),
  ceil: each(Math.ceil),
  floor: each(Math.floor),
  sqrt: each(Math.sqrt),
  exp: each(Math.exp),
  ln: each(Math.log),
  log2: each(Math.log2),
  log10: each(Math.log10),
  sgn: each(Math.sign),
  clamp,
  clamp_min: bound(Math.max),
  clamp_max: bound(Math.min),
  round,
  histogram_quantile: histogramQuantile,
  absent,
  scalar,
  label_replace: labelReplace,
  sort: bySize(1),
  sort_desc: bySize(-1),
  vector: (args) => vector([{ labels: {}, points: scalarOf(args, 0) }]),
  time: ({ steps }) => ({
    kind: 'scalar',
    points: nothing(steps.count).map((_none, index) => timeAt(steps, index) / 1_000),
  }),
  timestamp: (args) =>
    vector(
      columnsOf(args, 0).map(({ labels, points }) => ({
        labels: unnamed(labels),
        points: points.map((value, index) => (Number.isNaN(value) ? value : timeAt(args.steps, index) / 1_000)),
      })),
    ),
}
