import { Meter as Base } from '@base-ui/react/meter'
import type { ReactNode } from 'react'
import type { Tone } from '#shared/machines/machine-state.ts'
import { classNames } from './class-names.ts'
import styles from './progress.module.css'

export interface ProgressPart {
  tone: Tone
  /** Share of the whole, 0…1. */
  share: number
}

interface ProgressProps {
  /** What moves: "Stop 12 machines". */
  label: string
  /** Done green, failed red, running cyan; what is left is track. */
  parts: readonly ProgressPart[]
  /** The figure: "About 2 min left". */
  timeLeft?: ReactNode
  /** How it is measured: "8 of 12, 3 a second". */
  measure?: ReactNode
  size?: 's' | 'l'
}

export function Progress({ label, parts, timeLeft, measure, size = 's' }: ProgressProps) {
  const finished = parts.filter(({ tone }) => tone !== 'busy').reduce((sum, { share }) => sum + share, 0)
  return (
    <div>
      {(timeLeft || measure) && (
        <div className={styles.words}>
          <b>{timeLeft}</b>
          <span className="small t3 num">{measure}</span>
        </div>
      )}
      <div
        className={classNames(styles.progress, size === 'l' && styles.large)}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(finished * 100)}
      >
        {parts.map(({ tone, share }) => (
          <i key={tone} data-tone={tone} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
    </div>
  )
}

interface MeterProps {
  label: string
  /** 0…1 */
  share: number
  /** Amber or red when it is nearly full. */
  tone?: Tone
  width?: number
}

/** How full something is. */
export function Meter({ label, share, tone, width = 48 }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <Base.Root value={percent} aria-label={label} className={styles.meter} data-tone={tone} style={{ width }}>
      <Base.Indicator className={styles.fill} />
    </Base.Root>
  )
}
