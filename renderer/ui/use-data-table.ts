import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { type Column, compareKeys, type Sort } from './data-table-column.ts'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

interface DataTableOptions<Row extends object> {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowId: (row: Row) => string
  initialSort?: Sort | undefined
}

/** The rows in the order they are shown, and what sorts them. */
export function useDataTable<Row extends object>({ rows, columns, rowId, initialSort }: DataTableOptions<Row>) {
  const [sorting, setSorting] = useState<SortingState>(() =>
    initialSort ? [{ id: initialSort.column, desc: initialSort.descending }] : [],
  )
  const definitions = useMemo(() => columns.map((column) => define(column)), [columns])
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
    enableMultiSort: false,
  })
  const [current] = sorting
  return {
    rows: table.getRowModel().rows,
    sort: current && { column: current.id, descending: current.desc },
    toggleSort: (id: string) => table.getColumn(id)?.toggleSorting(),
  }
}

function define<Row extends object>({ id, header, sortValue }: Column<Row>) {
  return {
    id,
    header,
    accessorFn: (row: Row) => sortValue?.(row),
    enableSorting: sortValue !== undefined,
    sortUndefined: 'last' as const,
    sortDescFirst: false,
    sortFn: compareCells,
  }
}

interface Comparable {
  getValue: (columnId: string) => unknown
}

const compareCells = (left: Comparable, right: Comparable, columnId: string) =>
  compareKeys(sortKey(left.getValue(columnId)), sortKey(right.getValue(columnId)))

const sortKey = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : undefined)
