import type { Fleet } from './fleet-store.ts'
import { formatCount, formatTime } from './format.ts'

/** "412 of 1,312", and as of when while the picture is not live. */
export function countText(shown: number, all: number, { ready, status }: Pick<Fleet, 'ready' | 'status'>): string {
  if (!ready) return status.problem ? '' : 'Reading'
  const count = shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`
  return status.source === 'saved' && status.updatedAt
    ? `${count}, as of ${formatTime(status.updatedAt, Date.now())}`
    : count
}
