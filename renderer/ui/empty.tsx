import type { ReactNode } from 'react'
import styles from './empty.module.css'

interface EmptyStateProps {
  icon: ReactNode
  title: ReactNode
  /** Why it is empty. */
  children?: ReactNode
  /** What to do about it. */
  actions?: ReactNode
  /** Something quiet below: a command, a link. */
  more?: ReactNode
}

/** Nothing here: why, then what to do. Fills and centres in the space it gets. */
export function EmptyState({ icon, title, children, actions, more }: EmptyStateProps) {
  return (
    <div className={styles.wrap}>
      <div className={styles.empty}>
        {icon}
        <h2 className="heading">{title}</h2>
        {children && <div className={styles.text}>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
        {more && <div className="small t3">{more}</div>}
      </div>
    </div>
  )
}
