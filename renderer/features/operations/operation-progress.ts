import type { Operation, OperationItem } from '#shared/contracts/operations.ts'
import type { Tone } from '#shared/machines/machine-state.ts'

type Counted = Pick<Operation, 'counts' | 'startedAt' | 'finishedAt'>

/** How far an operation is: shares of the whole, 0…1. */
export function progressParts({ counts }: Pick<Operation, 'counts'>, running = 0): { tone: Tone; share: number }[] {
  const { total, done, failed, skipped } = counts
  if (total === 0) return []
  const parts: [Tone, number][] = [
    ['ok', done],
    ['off', skipped],
    ['bad', failed],
    ['busy', running],
  ]
  return parts.filter(([, count]) => count > 0).map(([tone, count]) => ({ tone, share: count / total }))
}

export const finishedCount = ({ counts: { done, failed, skipped } }: Pick<Operation, 'counts'>): number =>
  done + failed + skipped

export interface Pace {
  perSecond: number
  leftMs: number
}

/** How long the rest takes at the pace so far; undefined until there is a pace to speak of. */
export function paceOf(operation: Counted, now: number): Pace | undefined {
  const acted = operation.counts.done + operation.counts.failed
  const elapsedMs = (operation.finishedAt ?? now) - operation.startedAt
  if (acted === 0 || elapsedMs < 1000) return undefined
  const left = operation.counts.total - finishedCount(operation)
  return { perSecond: (acted * 1000) / elapsedMs, leftMs: (left * elapsedMs) / acted }
}

export type ItemView = 'all' | 'failed' | 'running' | 'done' | 'waiting' | 'skipped'

const VIEWS: readonly ItemView[] = ['all', 'failed', 'running', 'done', 'waiting', 'skipped']

const viewOf = ({ status }: OperationItem): ItemView => (status === 'cancelled' ? 'skipped' : status)

export const itemsOfView = (items: readonly OperationItem[], view: ItemView): readonly OperationItem[] =>
  view === 'all' ? items : items.filter((item) => viewOf(item) === view)

/** The views that hold something; all of them always does. */
export function countItemViews(items: readonly OperationItem[]): { view: ItemView; count: number }[] {
  const counts = new Map<ItemView, number>([['all', items.length]])
  for (const item of items) counts.set(viewOf(item), (counts.get(viewOf(item)) ?? 0) + 1)
  return VIEWS.map((view) => ({ view, count: counts.get(view) ?? 0 })).filter(
    ({ view, count }) => view === 'all' || count > 0,
  )
}
