import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import styles from './page-head.module.css'

interface PageHeadProps {
  title: ReactNode
  /** `Tabs` of saved views. */
  tabs?: ReactNode
  /** Secondary buttons, then the one primary. */
  actions?: ReactNode
  /** A line below; leave it off when a `PageBar` follows. */
  lined?: boolean
}

export function PageHead({ title, tabs, actions, lined = false }: PageHeadProps) {
  return (
    <div className={classNames(styles.head, lined && styles.lined)}>
      <h1 className={classNames('title', styles.title)}>{title}</h1>
      {tabs}
      <span className="grow" />
      {actions}
    </div>
  )
}

/** The 40 px line under the head: filter, counts. */
export function PageBar({ children }: { children: ReactNode }) {
  return <div className={styles.bar}>{children}</div>
}
