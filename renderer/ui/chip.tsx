import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import styles from './chip.module.css'
import { classNames } from './class-names.ts'

interface ChipProps {
  tone: Tone
  icon: ReactNode
  /** What is shown may be old or missing. */
  hatched?: boolean
  title?: string | undefined
  children: ReactNode
}

/** A state with its tint: icon and word. */
export function Chip({ tone, icon, hatched = false, title, children }: ChipProps) {
  return (
    <span className={classNames(styles.chip, hatched && styles.hatched)} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  )
}

/** The quiet form for tables: only amber and red colour the word as well. */
export function StateText({ tone, icon, title, children }: Omit<ChipProps, 'hatched'>) {
  const loud = tone === 'warn' || tone === 'bad'
  return (
    <span className={classNames(styles.text, loud && styles.loud)} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  )
}
