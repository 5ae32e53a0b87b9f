import { setTimeout as sleep } from 'node:timers/promises'
import { latest } from '#electron/lib/changes.ts'
import type { FleetUpdate } from '#shared/contracts/fleet.ts'
import type { FleetSession } from './fleet-session.ts'
import { createPendingChanges } from './pending-changes.ts'

type Watchable = Pick<FleetSession, 'picture' | 'ended' | 'status' | 'onStatus' | 'onChanges' | 'attach' | 'shown'>

/** Changes of one burst travel together. */
const BURST_MS = 40

/**
 * The whole picture first, then what changed. What changes while the reader is busy is gathered by key,
 * so a slow reader gets the newest rows and never a backlog.
 */
export async function* watchFleet(session: Watchable, signal: AbortSignal): AsyncGenerator<FleetUpdate> {
  const until = AbortSignal.any([signal, session.ended])
  const pending = createPendingChanges()
  const wakers = new Set<() => void>()
  const off = session.onChanges((changes) => {
    pending.add(changes)
    for (const wake of wakers) wake()
  })
  const detach = session.attach()
  const on = (listener: () => void) => {
    wakers.add(listener)
    const offStatus = session.onStatus(listener)
    return () => {
      wakers.delete(listener)
      offStatus()
    }
  }
  try {
    yield* whole(session)
    session.shown()
    let first = true
    for await (const _ of latest({ read: () => undefined, on, signal: until })) {
      if (!first) await burst(until)
      if (until.aborted) return
      if (!first || pending.size() > 0)
        yield { reset: false, ...pending.take(session.picture), status: session.status() }
      first = false
    }
  } finally {
    off()
    detach()
  }
}

async function burst(signal: AbortSignal): Promise<void> {
  await sleep(BURST_MS, undefined, { signal }).catch(() => {
    // Ended while gathering: the reader is gone.
  })
}

/** Rows in one message: sending it holds the event loop for some 20 ms. */
const PART = 2_000

/** What changes while the parts travel is pending, and comes after them. */
function* whole(session: Watchable): Generator<FleetUpdate> {
  const { apps, machines, volumes } = session.picture.rows()
  const longest = Math.max(machines.length, volumes.length, 1)
  for (let start = 0; start < longest; start += PART) {
    const part = <Row>(rows: Row[]) => ({ put: rows.slice(start, start + PART), remove: [] })
    yield {
      reset: start === 0,
      apps: { put: start === 0 ? apps : [], remove: [] },
      machines: part(machines),
      volumes: part(volumes),
      status: session.status(),
    }
  }
}
