import { type Column, nothing, unnamed, type Value, vector } from './columns.ts'
import type { Binary, Matching } from './expression.ts'
import { keyOf, type Labels, NAME, only, without } from './labels.ts'
import { ARITHMETIC, COMPARISONS, type Operate, SETS } from './operators.ts'
import { badQuery, unanswerable } from './query-error.ts'

const missing = (value: number | undefined): boolean => value === undefined || Number.isNaN(value)

/** What the operator makes of two values; a comparison lets `kept` through, or says 0 or 1. */
function operation({ op, bool }: Binary, kept: 'left' | 'right'): Operate {
  const compare = COMPARISONS[op]
  if (!compare) return ARITHMETIC[op] ?? (() => Number.NaN)
  return (left, right) => {
    if (bool) return Number(compare(left, right))
    return compare(left, right) ? (kept === 'left' ? left : right) : Number.NaN
  }
}

const filters = ({ op, bool }: Binary) => op in COMPARISONS && !bool

const join = (left: Float64Array, right: Float64Array, operate: Operate) =>
  left.map((value, index) => {
    const other = right[index] ?? Number.NaN
    return Number.isNaN(value) || Number.isNaN(other) ? Number.NaN : operate(value, other)
  })

const keyFor =
  ({ labels: names, on }: Matching) =>
  (labels: Labels) =>
    keyOf(on ? only(labels, names) : without(labels, [...names, NAME]))

/** Columns of one group as one; two values at one step cannot be told apart. */
class Group {
  readonly #columns: Column[] = []

  add(column: Column): void {
    this.#columns.push(column)
  }

  get labels(): Labels {
    return this.#columns[0]?.labels ?? {}
  }

  points(count: number): Float64Array {
    const [only, ...others] = this.#columns
    if (only && others.length === 0) return only.points
    const merged = nothing(count)
    for (const { points } of this.#columns) {
      points.forEach((value, index) => {
        if (Number.isNaN(value)) return
        if (!missing(merged[index]))
          throw unanswerable('many-to-many matching not allowed: matching labels must be unique on one side')
        merged[index] = value
      })
    }
    return merged
  }
}

function groupsOf(columns: readonly Column[], matching: Matching): Map<string, Group> {
  const key = keyFor(matching)
  const groups = new Map<string, Group>()
  for (const column of columns) {
    const name = key(column.labels)
    const group = groups.get(name) ?? new Group()
    groups.set(name, group)
    group.add(column)
  }
  return groups
}

interface Sides {
  left: readonly Column[]
  right: readonly Column[]
  count: number
}

/** Each series with its one counterpart. */
function oneToOne(binary: Binary, { left, right, count }: Sides): Column[] {
  const { matching } = binary
  const [ours, theirs] = [groupsOf(left, matching), groupsOf(right, matching)]
  const operate = operation(binary, 'left')
  return [...ours].flatMap(([key, group]) => {
    const other = theirs.get(key)
    if (!other) return []
    const named = filters(binary) ? group.labels : unnamed(group.labels)
    const labels = matching.on ? only(named, matching.labels) : without(named, matching.labels)
    return [{ labels, points: join(group.points(count), other.points(count), operate) }]
  })
}

/** Several series with the one that each of them belongs to. */
function manyToOne(binary: Binary, { left, right, count }: Sides): Column[] {
  const { side = 'left', include = [] } = binary.matching.many ?? {}
  const [many, one] = side === 'left' ? [left, right] : [right, left]
  const ones = groupsOf(one, binary.matching)
  const key = keyFor(binary.matching)
  const operate = operation(binary, 'left')
  return many.flatMap(({ labels, points }) => {
    const other = ones.get(key(labels))
    if (!other) return []
    const named = filters(binary) ? labels : unnamed(labels)
    const [a, b] = side === 'left' ? [points, other.points(count)] : [other.points(count), points]
    return [{ labels: { ...without(named, include), ...only(other.labels, include) }, points: join(a, b, operate) }]
  })
}

/** Where any column of each group has a value. */
function presence(columns: readonly Column[], key: (labels: Labels) => string, count: number): Map<string, Uint8Array> {
  const seen = new Map<string, Uint8Array>()
  for (const { labels, points } of columns) {
    const name = key(labels)
    const there = seen.get(name) ?? new Uint8Array(count)
    seen.set(name, there)
    points.forEach((value, index) => {
      if (!Number.isNaN(value)) there[index] = 1
    })
  }
  return seen
}

const masked = (column: Column, isKept: (index: number) => boolean): Column => ({
  labels: column.labels,
  points: column.points.map((value, index) => (isKept(index) ? value : Number.NaN)),
})

function setOf({ op, matching }: Binary, { left, right, count }: Sides): Column[] {
  const key = keyFor(matching)
  const others = presence(op === 'or' ? left : right, key, count)
  const has = (column: Column, index: number) => others.get(key(column.labels))?.[index] === 1
  if (op === 'and') return left.map((column) => masked(column, (index) => has(column, index)))
  if (op === 'unless') return left.map((column) => masked(column, (index) => !has(column, index)))
  return [...left, ...right.map((column) => masked(column, (index) => !has(column, index)))]
}

function withScalar(
  binary: Binary,
  columns: readonly Column[],
  scalar: Float64Array,
  side: 'left' | 'right',
): Column[] {
  const operate = operation(binary, side === 'left' ? 'right' : 'left')
  return columns.map(({ labels, points }) => ({
    labels: filters(binary) ? labels : unnamed(labels),
    points: side === 'left' ? join(scalar, points, operate) : join(points, scalar, operate),
  }))
}

type Scalar = Extract<Value, { kind: 'scalar' }>
type Vector = Extract<Value, { kind: 'vector' }>

function betweenVectors(binary: Binary, left: Vector, right: Vector, count: number): Column[] {
  const sides = { left: left.columns, right: right.columns, count }
  if (SETS.has(binary.op)) return setOf(binary, sides)
  return binary.matching.many ? manyToOne(binary, sides) : oneToOne(binary, sides)
}

function besideScalar(binary: Binary, left: Vector | Scalar, right: Vector | Scalar): Value {
  if (SETS.has(binary.op))
    throw badQuery(`parse error: set operator "${binary.op}" not allowed in binary scalar expression`)
  if (left.kind === 'vector') {
    return right.kind === 'scalar' ? vector(withScalar(binary, left.columns, right.points, 'right')) : left
  }
  if (right.kind === 'vector') return vector(withScalar(binary, right.columns, left.points, 'left'))
  // Between two numbers there is nothing to drop (MetricsQL); Prometheus asks for `bool` there.
  return { kind: 'scalar', points: join(left.points, right.points, operation({ ...binary, bool: true }, 'left')) }
}

/** An operator between two values. */
export function operateOn(binary: Binary, left: Value, right: Value, count: number): Value {
  if (left.kind === 'string' || right.kind === 'string')
    throw badQuery('parse error: binary expression must contain only scalar and instant vector types')
  if (left.kind === 'vector' && right.kind === 'vector') return vector(betweenVectors(binary, left, right, count))
  return besideScalar(binary, left, right)
}
