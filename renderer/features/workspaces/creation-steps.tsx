import { CircleCheck, CircleDashed, CirclePlay, CircleSlash, type LucideIcon, OctagonX } from 'lucide-react'
import { StateText } from '#renderer/ui/chip.tsx'
import type { OperationDetail, OperationItem } from '#shared/contracts/operations.ts'
import type { Tone } from '#shared/machines/machine-state.ts'
import styles from './workspaces.module.css'

const LOOKS: Readonly<Record<OperationItem['status'], readonly [Tone, LucideIcon]>> = {
  waiting: ['off', CircleDashed],
  running: ['busy', CirclePlay],
  done: ['ok', CircleCheck],
  failed: ['bad', OctagonX],
  skipped: ['off', CircleSlash],
  cancelled: ['off', CircleSlash],
}

/** What has been made so far. */
export function CreationSteps({ detail: { items } }: { detail: OperationDetail }) {
  return (
    <ol className={styles.steps} aria-label="Progress">
      {items.map(({ index, label, status, result }) => {
        const [tone, Icon] = LOOKS[status]
        return (
          <li key={index} className={`${styles.step} small`}>
            <StateText tone={tone} icon={<Icon aria-hidden="true" />}>
              {label}
            </StateText>
            <span className="t3">{result ?? status}</span>
          </li>
        )
      })}
    </ol>
  )
}
