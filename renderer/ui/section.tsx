import type { ReactNode } from 'react'
import styles from './section.module.css'

interface SectionProps {
  title: ReactNode
  /** At the right of the title: a count, "estimate", "today". */
  aside?: ReactNode
  children: ReactNode
}

/** One part of an inspector, under a line. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <h2>
        {title}
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </h2>
      {children}
    </section>
  )
}

interface CardProps {
  title?: ReactNode
  actions?: ReactNode
  /** Space inside; off for tables. */
  padded?: boolean
  children: ReactNode
}

/** A bordered part of a page. */
export function Card({ title, actions, padded = true, children }: CardProps) {
  return (
    <section className={styles.card}>
      {title && (
        <header>
          <h2>{title}</h2>
          <span className="grow" />
          {actions}
        </header>
      )}
      <div className={padded ? styles.padded : undefined}>{children}</div>
    </section>
  )
}
