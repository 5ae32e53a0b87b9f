import { ArrowDown, ArrowUp } from 'lucide-react'
import { type CSSProperties, useEffect, useRef } from 'react'
import { classNames } from './class-names.ts'
import styles from './data-table.module.css'
import type { Column, Sort } from './data-table-column.ts'
import { placeClass } from './data-table-row.tsx'

interface DataTableHeadProps<Row> {
  columns: readonly Column<Row>[]
  sort: Sort | undefined
  onSort: (column: string) => void
  /** Undefined = rows cannot be marked. */
  coverage: 'all' | 'some' | 'none' | undefined
  onMarkAll: () => void
}

export function DataTableHead<Row>({ columns, sort, onSort, coverage, onMarkAll }: DataTableHeadProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {coverage && (
          <th scope="col" className={styles.check}>
            <MarkAll coverage={coverage} onMarkAll={onMarkAll} />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </tr>
    </thead>
  )
}

interface HeadCellProps<Row> {
  column: Column<Row>
  sort: Sort | undefined
  onSort: (column: string) => void
}

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const { id, header, headerHidden, sortValue } = column
  const direction = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      style={widthStyle(column)}
      aria-sort={direction ?? (sortValue ? 'none' : undefined)}
      className={classNames(placeClass(column), direction && styles.sorted)}
    >
      {sortValue ? (
        <button type="button" className={styles.sort} onClick={() => onSort(id)}>
          {header}
          {direction && <Arrow aria-hidden="true" />}
        </button>
      ) : (
        <span className={headerHidden ? 'sr' : undefined}>{header}</span>
      )}
    </th>
  )
}

/** Custom properties, so that the style sheet can choose by the width of the table. */
function widthStyle<Row>({ width, narrowWidth }: Column<Row>): CSSProperties & Record<`--${string}`, string> {
  return { ...(width && { '--width': width }), ...(narrowWidth && { '--narrow-width': narrowWidth }) }
}

function MarkAll({ coverage, onMarkAll }: { coverage: 'all' | 'some' | 'none'; onMarkAll: () => void }) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = coverage === 'some'
  }, [coverage])
  return (
    <input ref={box} type="checkbox" aria-label="Select all shown" checked={coverage === 'all'} onChange={onMarkAll} />
  )
}
