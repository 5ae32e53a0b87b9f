import { HeartPulse, TriangleAlert } from 'lucide-react'
import { useTick } from '#renderer/lib/fleet-clock.ts'
import { formatDuration, formatGuest } from '#renderer/lib/format.ts'
import { StateText } from '#renderer/ui/chip.tsx'
import { StateCell } from '#renderer/ui/state-chip.tsx'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { isStuck } from '#shared/machines/machine-state.ts'
import styles from './fleet.module.css'

/** A state turns into "stuck" without any news from Fly, so the clock is asked. */
export function MachineStateCell({ row }: { row: MachineRow }) {
  const stuck = useTick((now) => isStuck(row, now))
  return <StateCell machine={row} now={stuck ? Number.MAX_SAFE_INTEGER : row.since} />
}

/** How long the machine has been in its state. */
export function SinceCell({ row }: { row: MachineRow }) {
  const text = useTick((now) => formatDuration(Math.max(0, now - row.since)))
  return row.sinceExact ? text : <span title="At least this long: Hangar has not seen it begin.">{`≥ ${text}`}</span>
}

export function ChecksCell({ checks }: Pick<MachineRow, 'checks'>) {
  if (!checks || checks.total === 0) return <span className="t3">–</span>
  const passing = checks.passing === checks.total
  const Icon = passing ? HeartPulse : TriangleAlert
  return (
    <StateText tone={passing ? 'ok' : 'warn'} icon={<Icon aria-hidden="true" />}>
      {`${checks.passing}/${checks.total}`}
    </StateText>
  )
}

/** Fly's name of the size; without "cpu" where there is little room. */
export function SizeCell({ guest }: Pick<MachineRow, 'guest'>) {
  if (!guest) return <span className="t3">–</span>
  const text = formatGuest(guest)
  const [before, after] = text.split('-cpu-')
  if (!after) return <span className="num">{text}</span>
  return (
    <span className="num" title={text}>
      {before}
      <span className={styles.wide}>-cpu</span>-{after}
    </span>
  )
}
