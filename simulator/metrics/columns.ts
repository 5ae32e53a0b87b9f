import { keyOf, type Labels, NAME, without } from './labels.ts'

/** When a query is answered: once for an instant. Milliseconds. */
export interface Steps {
  start: number
  step: number
  count: number
}

export const timeAt = ({ start, step }: Steps, index: number): number => start + index * step

/** One series of a result, a point for each step. NaN = there is none, as the engine has it (VictoriaMetrics docs). */
export interface Column {
  labels: Labels
  points: Float64Array
}

export type Value =
  | { kind: 'scalar'; points: Float64Array }
  | { kind: 'vector'; columns: Column[] }
  | { kind: 'string'; text: string }

export const vector = (columns: Column[]): Value => ({ kind: 'vector', columns })

export const nothing = (count: number): Float64Array => new Float64Array(count).fill(Number.NaN)

export const unnamed = (labels: Labels): Labels => (NAME in labels ? without(labels, [NAME]) : labels)

/** Each point changed by itself; what comes out is no longer that metric. */
export const mapColumns = (columns: readonly Column[], change: (value: number, index: number) => number): Column[] =>
  columns.map(({ labels, points }) => ({ labels: unnamed(labels), points: points.map(change) }))

export function groupBy<Item>(items: readonly Item[], labelsOf: (item: Item) => Labels): Map<string, [Labels, Item[]]> {
  const groups = new Map<string, [Labels, Item[]]>()
  for (const item of items) {
    const labels = labelsOf(item)
    const key = keyOf(labels)
    const group = groups.get(key)
    if (group) group[1].push(item)
    else groups.set(key, [labels, [item]])
  }
  return groups
}
