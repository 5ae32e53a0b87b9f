import { SearchX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Fleet } from '#renderer/lib/fleet-store.ts'
import { formatCount, formatTime } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Banner } from '#renderer/ui/callout.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { FailedState } from '#renderer/ui/failed.tsx'
import { AppError } from '#shared/ipc/errors.ts'

/** "412 of 1,312", and as of when while the picture is not live. */
export function countText(shown: number, all: number, { ready, status }: Fleet): string {
  if (!ready) return status.problem ? '' : 'Reading'
  const count = shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`
  return status.source === 'saved' && status.updatedAt
    ? `${count}, as of ${formatTime(status.updatedAt, Date.now())}`
    : count
}

/** A refresh that failed although Fly.io can be reached: said beside the rows. The frame itself says when it cannot. */
export function FleetNote({ fleet: { status, ready } }: { fleet: Fleet }) {
  if (!ready || !status.problem || status.connection === 'offline' || status.connection === 'refused') return null
  return (
    <Banner tone="warn" icon={<TriangleAlert />} role="alert">
      {status.problem.message}
    </Banner>
  )
}

interface Instead {
  fleet: Fleet
  /** "machines" */
  what: string
  /** There are rows; the filter hides them all. */
  filtered: boolean
  onClearFilter: () => void
  empty: ReactNode
}

/** What stands in the place of rows when there are none: why, then what to do. */
export function fleetInstead({ fleet, what, filtered, onClearFilter, empty }: Instead): ReactNode {
  const { ready, status } = fleet
  if (!ready && status.problem) {
    return (
      <FailedState
        title={`Cannot list ${what}`}
        error={AppError.fromWire(status.problem)}
        more="It is tried again by itself."
      />
    )
  }
  if (!filtered) return empty
  return (
    <EmptyState
      icon={<SearchX />}
      title={`No ${what} match`}
      actions={<Button onClick={onClearFilter}>Clear the filter</Button>}
    >
      <p>Nothing in this view fits the filter.</p>
    </EmptyState>
  )
}
