import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppError, type WireError } from '#shared/ipc/errors.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty.tsx'
import { FailedState } from './failed.tsx'

interface InsteadOfRowsProps {
  /** "machines" */
  what: string
  /** Why the last look failed. */
  problem: WireError | undefined
  /** There are rows; the view or the filter hides them all. */
  filtered: boolean
  onClearFilter: () => void
  /** There are none at all. */
  empty: ReactNode
}

/** What stands in the place of rows when there are none: why, then what to do. */
export function InsteadOfRows({ what, problem, filtered, onClearFilter, empty }: InsteadOfRowsProps) {
  if (filtered) {
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
  if (!problem) return empty
  return (
    <FailedState title={`Cannot list ${what}`} error={AppError.fromWire(problem)} more="It is tried again by itself." />
  )
}
