import type { ReactNode } from 'react'

/** One column of a data table. Cells are drawn for every row on screen, so they should be plain markup. */
export interface Column<Row> {
  id: string
  header: string
  /** The header is only for screen readers: what is in the cells needs no word above it. */
  headerHidden?: boolean
  /** CSS width; columns without one share what is left. */
  width?: string
  /** The same while the table is narrower than 1100 px. */
  narrowWidth?: string
  align?: 'start' | 'end'
  /** The table width in px under which the column is left out; absent = always there. */
  leaves?: 'at-1100' | 'at-1040' | 'at-760' | 'at-640'
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
