import styles from './loading-rows.module.css'

interface LoadingRowsProps {
  /** What is awaited: "Loading volumes". */
  label: string
  rows?: number
  columns?: number
}

/** Rows that stand where the real ones will. They never move: the time in the status bar says more. */
export function LoadingRows({ label, rows = 12, columns = 6 }: LoadingRowsProps) {
  return (
    <div className={styles.rows} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row.toString()} className={styles.row}>
          {Array.from({ length: columns }, (_, column) => (
            <span key={column.toString()} className={styles.bar} style={{ width: width(row, column) }} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** A block of the same kind inside a section. */
export function LoadingBlock({ label, lines = 3 }: { label: string; lines?: number }) {
  return (
    <div className={styles.block} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line.toString()} className={styles.bar} style={{ width: width(line, 1) }} />
      ))}
    </div>
  )
}

/** Uneven, so that it looks like text, and always the same. */
const width = (row: number, column: number): string => `${45 + ((row * 7 + column * 13) % 5) * 11}%`
