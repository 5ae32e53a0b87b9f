import type { ReactNode } from 'react'

/** One column of a data table. Cells are drawn for every row on screen, so they should be plain markup. */
export interface Column<Row> {
  id: string
  header: string
  /** CSS width; columns without one share what is left. */
  width?: string
  align?: 'start' | 'end'
  /** The table width in px under which the column is left out; absent = always there. */
  leaves?: 'at-1000' | 'at-760'
  /** `strong` is what is read first, `mono` is what a machine said. */
  look?: 'strong' | 'mono' | 'mono-strong'
  /** Key the column is sorted by; absent = it cannot be sorted. Undefined keys go last. */
  sortValue?: (row: Row) => string | number | undefined
  cell: (row: Row) => ReactNode
}

export interface Sort {
  column: string
  descending: boolean
}

type SortKey = string | number | undefined

/** Numbers by size, texts by code unit (keys are prepared in lower case), missing keys last. */
export function compareKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0
  if (left === undefined) return 1
  if (right === undefined) return -1
  return left < right ? -1 : 1
}
