import type { Matcher } from './selector.ts'

/** A query, as it was written but for its brackets. Times are milliseconds. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'string'; text: string }
  | Selector
  | Subquery
  | { kind: 'call'; name: string; args: Expression[] }
  | Aggregation
  | { kind: 'negate'; of: Expression }
  | Binary

/** When its values are taken: moved back, and for all steps at one moment where `at` says so. */
export interface Moment {
  offset: number
  at?: number | 'start' | 'end'
}

export interface Selector {
  kind: 'selector'
  matchers: Matcher[]
  /** How far back a range reaches; absent = one value at a time. */
  range?: number
  moment: Moment
}

export interface Subquery {
  kind: 'subquery'
  of: Expression
  range: number
  /** Absent = that of the query. */
  step?: number
  moment: Moment
}

export interface Grouping {
  labels: string[]
  /** Those labels stay; otherwise all others do. */
  keeps: boolean
}

export interface Aggregation {
  kind: 'aggregate'
  op: string
  grouping: Grouping
  /** Of topk, bottomk, quantile and count_values. */
  parameter?: Expression
  of: Expression
}

export interface Matching {
  labels: string[]
  /** Only those labels are compared; otherwise all others are. */
  on: boolean
  /** The side that may have several for one of the other, and the labels it takes over from there. */
  many?: { side: 'left' | 'right'; include: string[] }
}

export interface Binary {
  kind: 'binary'
  op: string
  /** A comparison answers 0 or 1 and drops nothing. */
  bool: boolean
  matching: Matching
  left: Expression
  right: Expression
}
