import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import styles from './timeline.module.css'

export interface TimelineEntry {
  id: string
  icon: ReactNode
  tone?: Tone
  text: ReactNode
  /** By whom, how long; in grey after the text. */
  detail?: ReactNode
  /** Formatted time, at the right. */
  time: ReactNode
  /** The exact time. */
  title?: string
}

/** What happened, newest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className={styles.timeline}>
      {entries.map(({ id, icon, tone, text, detail, time, title }) => (
        <li key={id} data-tone={tone}>
          {icon}
          <span className="select-text">
            {text}
            {detail && <small> {detail}</small>}
          </span>
          <time title={title}>{time}</time>
        </li>
      ))}
    </ol>
  )
}
