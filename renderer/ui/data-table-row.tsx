import { type CSSProperties, type MouseEvent, memo } from 'react'
import { classNames } from './class-names.ts'
import styles from './data-table.module.css'
import type { Column } from './data-table-column.ts'

interface DataTableRowProps<Row> {
  row: Row
  domId: string
  /** Position among all rows, the head counted as the first. */
  ariaRowIndex: number
  columns: readonly Column<Row>[]
  /** Undefined = rows cannot be marked. */
  marked: boolean | undefined
  current: boolean
  open: boolean
  hatched: boolean
  onPress: (event: MouseEvent, row: Row) => void
  onMenu: (row: Row) => void
}

function PlainRow<Row>(props: DataTableRowProps<Row>) {
  const { row, domId, ariaRowIndex, columns, marked, current, open, hatched, onPress, onMenu } = props
  return (
    <tr
      id={domId}
      aria-rowindex={ariaRowIndex}
      aria-selected={marked}
      className={classNames(styles.row, current && styles.current, open && styles.open, hatched && styles.hatched)}
      onClick={(event) => onPress(event, row)}
      onContextMenu={() => onMenu(row)}
    >
      {marked !== undefined && (
        <td className={styles.check}>
          <input type="checkbox" tabIndex={-1} aria-label="Select" checked={marked} readOnly />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

export const DataTableRow = memo(PlainRow) as typeof PlainRow

export const placeClass = ({ align, leaves }: Place): string =>
  classNames(align === 'end' && styles.end, leaves && styles[leaves])

const cellClass = (column: Place & Pick<Column<never>, 'look'>): string =>
  classNames(placeClass(column), column.look && styles[column.look])

type Place = Pick<Column<never>, 'align' | 'leaves'>

const SKELETON_WIDTHS = ['58%', '72%', '46%', '64%', '52%']

interface SkeletonRowProps<Row> {
  columns: readonly Column<Row>[]
  checkable: boolean
  index: number
}

/** Stands where a row will be. Still, never shimmering. */
export function SkeletonRow<Row>({ columns, checkable, index }: SkeletonRowProps<Row>) {
  return (
    <tr>
      {checkable && (
        <td className={styles.check}>
          <i className={styles.skeleton} style={{ width: 14, height: 14 }} />
        </td>
      )}
      {columns.map((column, position) => (
        <td key={column.id} className={cellClass(column)}>
          <i className={styles.skeleton} style={skeletonStyle(column.align, index + position)} />
        </td>
      ))}
    </tr>
  )
}

function skeletonStyle(align: 'start' | 'end' | undefined, seed: number): CSSProperties {
  const width = SKELETON_WIDTHS[seed % SKELETON_WIDTHS.length]
  return align === 'end' ? { width, marginLeft: 'auto' } : { width }
}

/** Keeps the scroll bar true for rows that are not drawn. */
export function Spacer({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tbody aria-hidden="true" className={styles.spacer}>
      <tr>
        <td style={{ height }} />
      </tr>
    </tbody>
  )
}
