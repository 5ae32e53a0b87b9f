import type { ReactNode } from 'react'
import { formatCount } from '#renderer/lib/format.ts'
import { Tooltip } from '#renderer/ui/tooltip.tsx'
import styles from './sidebar.module.css'

export interface NavEntry {
  id: string
  label: string
  icon: ReactNode
  /** How many there are; left out at undefined. */
  count?: number | undefined
  keys?: string | undefined
  current: boolean
  onSelect: () => void
}

interface SidebarProps {
  /** The account switcher. */
  top: ReactNode
  groups: readonly { title: string; entries: readonly NavEntry[] }[]
  foot: ReactNode
}

export function Sidebar({ top, groups, foot }: SidebarProps) {
  return (
    <aside className={styles.side} aria-label="Sidebar">
      {top}
      <nav className={styles.nav} aria-label="Main">
        {groups.map(({ title, entries }) => (
          <div key={title} className={styles.group}>
            <h2>{title}</h2>
            {entries.map((entry) => (
              <Tooltip key={entry.id} label={entry.label} keys={entry.keys} side="right">
                <button
                  type="button"
                  className={styles.entry}
                  aria-current={entry.current ? 'page' : undefined}
                  aria-label={entry.count === undefined ? entry.label : `${entry.label} ${formatCount(entry.count)}`}
                  onClick={entry.onSelect}
                >
                  {entry.icon}
                  <span className="grow cut">{entry.label}</span>{' '}
                  {entry.count !== undefined && <span className={styles.count}>{formatCount(entry.count)}</span>}
                </button>
              </Tooltip>
            ))}
          </div>
        ))}
      </nav>
      <div className={styles.foot}>{foot}</div>
    </aside>
  )
}
