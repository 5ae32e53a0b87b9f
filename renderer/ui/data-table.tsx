import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { classNames } from './class-names.ts'
import styles from './data-table.module.css'
import type { Column, Sort } from './data-table-column.ts'
import { DataTableHead } from './data-table-head.tsx'
import { DataTableRow, SkeletonRow, Spacer } from './data-table-row.tsx'
import { coverage, type Marks, markAll, NO_MARKS } from './data-table-selection.ts'
import { ContextMenu } from './menu.tsx'
import type { MenuEntry } from './menu-items.ts'
import { useRowWindow } from './use-row-window.ts'
import { useSortedRows } from './use-sorted-rows.ts'
import { useTableControl } from './use-table-control.ts'

export interface DataTableProps<Row extends object> {
  /** What the table lists, for screen readers. */
  label: string
  /** Keep the identity of the array and of unchanged rows: they decide what is drawn again. */
  rows: readonly Row[]
  /** Declare outside the component, or memoise. */
  columns: readonly Column<Row>[]
  rowId: (row: Row) => string
  initialSort?: Sort
  /** Absent = rows cannot be marked. */
  marks?: Marks
  onMarksChange?: (marks: Marks) => void
  openId?: string | undefined
  onOpen?: (row: Row) => void
  onClose?: () => void
  /** Keys the table has no use for, with the row they are meant for. Call preventDefault on what is used. */
  onRowKey?: (event: KeyboardEvent, row: Row) => void
  /** Rows whose facts may be old. */
  isHatched?: (row: Row) => boolean
  /** Everything is from a saved copy. */
  cached?: boolean
  /** Still reading: skeletons stand under what is there. */
  loading?: boolean
  /** Shown under the head when there are no rows and nothing is loading: why, then what to do. */
  instead?: ReactNode
  /** What the right button offers on a row. */
  menuItems?: (row: Row) => readonly MenuEntry[]
}

/** A list of any length: sorted, walked by keys, marked, and drawn only where it is seen. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowId, marks, isHatched, cached = false, loading = false, instead } = props
  const domId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { ordered, sort, toggleSort } = useSortedRows({ rows, columns, initialSort: props.initialSort })
  const rowWindow = useRowWindow(scroller, ordered.length)
  const control = useTableControl({ ...props, ordered, rowWindow })
  const order = () => ordered.map(rowId)
  const covered = marks && coverage(marks.ids, ordered.length > 0 ? order() : [])

  const view = (
    <div ref={scroller} className={styles.scroll}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the table is a grid: arrows move between its rows
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={ordered.length + 1}
        aria-multiselectable={marks ? true : undefined}
        aria-busy={loading}
        aria-activedescendant={control.currentIndex >= 0 ? `${domId}-${control.currentId}` : undefined}
        className={classNames(styles.table, cached && styles.cached)}
        onKeyDown={control.onKeyDown}
      >
        <DataTableHead
          columns={columns}
          sort={sort}
          onSort={toggleSort}
          coverage={covered}
          onMarkAll={() => props.onMarksChange?.(covered === 'all' ? NO_MARKS : markAll(order()))}
        />
        <Spacer height={rowWindow.before} />
        <tbody>
          {rowWindow.indexes.map((index) => {
            const row = ordered[index]
            if (!row) return null
            const id = rowId(row)
            return (
              <DataTableRow
                key={id}
                row={row}
                domId={`${domId}-${id}`}
                ariaRowIndex={index + 2}
                columns={columns}
                marked={marks?.ids.has(id)}
                current={id === control.currentId}
                open={id === props.openId}
                hatched={isHatched?.(row) ?? false}
                onPress={control.onPress}
                onMenu={control.onMenu}
              />
            )
          })}
        </tbody>
        <Spacer height={rowWindow.after} />
        {loading && <Skeletons columns={columns} checkable={marks !== undefined} />}
      </table>
      {ordered.length === 0 && !loading && instead && <div className={styles.instead}>{instead}</div>}
    </div>
  )
  if (!props.menuItems) return view
  return <ContextMenu items={control.current ? props.menuItems(control.current) : []}>{view}</ContextMenu>
}

/** Enough to fill a tall window. */
const SKELETON_ROWS = Array.from({ length: 24 }, (_, index) => index)

function Skeletons<Row>({ columns, checkable }: { columns: readonly Column<Row>[]; checkable: boolean }) {
  return (
    <tbody aria-hidden="true">
      {SKELETON_ROWS.map((index) => (
        <SkeletonRow key={index} index={index} columns={columns} checkable={checkable} />
      ))}
    </tbody>
  )
}
