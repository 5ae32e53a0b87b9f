import { setTimeout as sleep } from 'node:timers/promises'
import { pauseMs } from './poll-state.ts'

/** Changes that come together are looked at together. */
const BURST_MS = 50

/** How long to rest between rounds: little while somebody looks, and not at all when woken. */
export function createPace(ended: AbortSignal) {
  let watchers = 0
  let woken = new AbortController()
  return {
    wake: () => woken.abort(),
    /** Polls at the pace of somebody who looks until the returned function is called. */
    attach() {
      watchers += 1
      woken.abort()
      return () => {
        watchers -= 1
      }
    },
    async pause(failures: number): Promise<void> {
      const signal = AbortSignal.any([ended, woken.signal])
      try {
        await sleep(pauseMs({ watched: watchers > 0, failures }), undefined, { signal })
      } catch {
        // Woken, or at the end. A burst of changes wakes once.
        await sleep(BURST_MS)
      }
      woken = new AbortController()
    },
  }
}
