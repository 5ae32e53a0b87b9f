import { CircleAlert, CircleCheck, Clock, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import styles from './consequences.module.css'

export interface Consequence {
  tone: Tone
  text: ReactNode
  detail?: ReactNode
  /** At the right: how long, how many, "estimate". */
  aside?: ReactNode
  icon?: ReactNode
}

const ICONS: Readonly<Record<Tone, LucideIcon>> = {
  bad: CircleAlert,
  warn: TriangleAlert,
  busy: Clock,
  ok: CircleCheck,
  off: Info,
  sleep: Info,
}

/** What follows from a change, each in words and money. */
export function Consequences({ items }: { items: readonly Consequence[] }) {
  return (
    <ul className={styles.list}>
      {items.map(({ tone, text, detail, aside, icon }, index) => {
        const Icon = ICONS[tone]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a plan never changes its order
          <li key={index} data-tone={tone}>
            {icon ?? <Icon />}
            <b>{text}</b>
            <span className="t3 num">{aside}</span>
            {detail && <p>{detail}</p>}
          </li>
        )
      })}
    </ul>
  )
}
