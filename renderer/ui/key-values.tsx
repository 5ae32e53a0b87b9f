import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './key-values.module.css'

export interface KeyValue {
  label: string
  value: ReactNode
  /** What a machine said: ids, digests, paths. */
  mono?: boolean
  /** The whole of what is cut. */
  title?: string
  /** May break over several lines. */
  wrap?: boolean
}

/** Facts, label and value. */
export function KeyValues({ rows, labelWidth = 84 }: { rows: readonly KeyValue[]; labelWidth?: number }) {
  return (
    <dl className={styles.list} style={{ gridTemplateColumns: `${labelWidth}px minmax(0, 1fr)` }}>
      {rows.map(({ label, value, mono, title, wrap }) => (
        <div key={label} className={styles.pair}>
          <dt>{label}</dt>
          <dd className={classNames('select-text', mono && 'mono', wrap && styles.wrap)} title={title}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
