import { Ban, ListChecks, PlugZap, WifiOff } from 'lucide-react'
import { formatAge, formatMoney, formatPercent, formatPlural, formatTime } from '#renderer/lib/format.ts'
import { useNow } from '#renderer/lib/use-now.ts'
import { Meter } from '#renderer/ui/progress.tsx'
import type { FleetStatus } from '#shared/contracts/fleet.ts'
import styles from './status-bar.module.css'

interface StatusBarProps {
  status: FleetStatus
  operationsRunning: number
  /** Forecast for this month as decimal text; absent until it is known. */
  monthEstimate: string | undefined
  /** "flyctl 0.4.87". */
  flyctl: string
  onOpenOperations: () => void
  onOpenCost: () => void
}

export function StatusBar(props: StatusBarProps) {
  const { status, operationsRunning, monthEstimate, flyctl, onOpenOperations, onOpenCost } = props
  return (
    <footer className={styles.status}>
      <Connection status={status} />
      <Updated status={status} />
      {status.lagMs !== undefined && (
        <span className={styles.minor} title="How far Fly’s list of machines was behind at the last look">
          Lag {(status.lagMs / 1000).toFixed(1)} s
        </span>
      )}
      <span title="Requests left before Fly slows this account down">
        Rate limit <Meter label="Rate limit free" share={status.rateLimitFree} /> {formatPercent(status.rateLimitFree)}{' '}
        free
      </span>
      <span className="grow" />
      <button type="button" onClick={onOpenOperations}>
        <ListChecks size={14} />
        {operationsRunning === 0 ? 'No operations' : `${formatPlural(operationsRunning, 'operation')} running`}
      </button>
      {monthEstimate !== undefined && (
        <button type="button" className={styles.minor} onClick={onOpenCost}>
          {formatMoney(monthEstimate, { digits: 2 })} this month, estimate
        </button>
      )}
      <span className={styles.minor}>{flyctl}</span>
    </footer>
  )
}

function Connection({ status: { connection } }: Pick<StatusBarProps, 'status'>) {
  switch (connection) {
    case 'connected':
      return (
        <span>
          <PlugZap size={14} className="c-ok" />
          Connected
        </span>
      )
    case 'connecting':
      return (
        <span>
          <PlugZap size={14} className="c-busy" />
          Connecting
        </span>
      )
    case 'offline':
      return (
        <span className="c-warn">
          <WifiOff size={14} />
          Offline
        </span>
      )
    case 'refused':
      return (
        <span className="c-bad">
          <Ban size={14} />
          Refused
        </span>
      )
    default:
      return connection satisfies never
  }
}

function Updated({ status: { source, updatedAt } }: Pick<StatusBarProps, 'status'>) {
  const now = useNow()
  if (updatedAt === undefined) return <span>No picture yet</span>
  return source === 'saved' ? (
    <span className="num">Saved copy, {formatTime(updatedAt, now)}</span>
  ) : (
    <span className="num">Updated {formatAge(updatedAt, now)}</span>
  )
}
