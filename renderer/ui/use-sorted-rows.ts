import { useMemo, useRef, useState } from 'react'
import type { Column, Sort } from './data-table-column.ts'
import { type KeyCache, sortRows } from './data-table-sort.ts'

interface SortedRowsOptions<Row extends object> {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  initialSort?: Sort | undefined
}

/** The rows in the order they are shown, and what changes it. */
export function useSortedRows<Row extends object>({ rows, columns, initialSort }: SortedRowsOptions<Row>) {
  const [sort, setSort] = useState(initialSort)
  const caches = useRef(new Map<string, KeyCache<Row>>())
  const ordered = useMemo(() => {
    const column = columns.find(({ id }) => id === sort?.column)
    if (!sort || !column?.sortValue) return rows
    const cache = caches.current.get(column.id) ?? new WeakMap()
    caches.current.set(column.id, cache)
    return sortRows({ rows, sortValue: column.sortValue, descending: sort.descending, cache })
  }, [rows, columns, sort])
  const toggleSort = (column: string) =>
    setSort((now) => ({ column, descending: now?.column === column ? !now.descending : false }))
  return { ordered, sort, toggleSort }
}
