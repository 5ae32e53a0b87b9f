import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import styles from './badge.module.css'
import { classNames } from './class-names.ts'

interface BadgeProps {
  tone?: Tone
  /** Outline only. */
  line?: boolean
  icon?: ReactNode
  title?: string | undefined
  children: ReactNode
}

export function Badge({ tone, line = false, icon, title, children }: BadgeProps) {
  return (
    <span
      className={classNames(styles.badge, line && styles.line, tone && styles.toned)}
      data-tone={tone}
      title={title}
    >
      {icon}
      {children}
    </span>
  )
}
