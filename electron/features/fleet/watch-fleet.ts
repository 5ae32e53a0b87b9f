import { setTimeout as sleep } from 'node:timers/promises'
import { latest } from '#electron/lib/changes.ts'
import type { FleetUpdate } from '#shared/contracts/fleet.ts'
import type { FleetSession } from './fleet-session.ts'
import type { FleetChanges } from './picture.ts'
import type { RowChanges } from './row-table.ts'

type Watchable = Pick<FleetSession, 'picture' | 'ended' | 'status' | 'onStatus' | 'onChanges' | 'attach'>

/** Changes of one burst travel together. */
const BURST_MS = 40

/**
 * The whole picture first, then what changed. What changes while the reader is busy is gathered by key,
 * so a slow reader gets the newest rows and never a backlog.
 */
export async function* watchFleet(session: Watchable, signal: AbortSignal): AsyncGenerator<FleetUpdate> {
  const until = AbortSignal.any([signal, session.ended])
  const pending = createPending()
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
    yield whole(session)
    let first = true
    for await (const _ of latest({ read: () => undefined, on, signal: until })) {
      if (!first) await burst(until)
      if (until.aborted) return
      if (!first || pending.size() > 0) yield { reset: false, ...pending.take(session), status: session.status() }
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

function whole(session: Watchable): FleetUpdate {
  const { apps, machines, volumes } = session.picture.rows()
  return {
    reset: true,
    apps: { put: apps, remove: [] },
    machines: { put: machines, remove: [] },
    volumes: { put: volumes, remove: [] },
    status: session.status(),
  }
}

/** Keys that changed since the reader last looked. */
function createPending() {
  const keys = { apps: new Set<string>(), machines: new Set<string>(), volumes: new Set<string>() }
  return {
    size: () => keys.apps.size + keys.machines.size + keys.volumes.size,
    add({ apps, machines, volumes }: FleetChanges) {
      gather(keys.apps, apps, ({ name }) => name)
      gather(keys.machines, machines, ({ id }) => id)
      gather(keys.volumes, volumes, ({ id }) => id)
    },
    take({ picture }: Watchable) {
      return {
        apps: resolve(keys.apps, picture.appRow),
        machines: resolve(keys.machines, picture.machineRow),
        volumes: resolve(keys.volumes, picture.volumeRow),
      }
    },
  }
}

function gather<Row>(keys: Set<string>, { put, remove }: RowChanges<Row>, keyOf: (row: Row) => string): void {
  for (const row of put) keys.add(keyOf(row))
  for (const key of remove) keys.add(key)
}

function resolve<Row>(keys: Set<string>, rowOf: (key: string) => Row | undefined): RowChanges<Row> {
  const changes: RowChanges<Row> = { put: [], remove: [] }
  for (const key of keys) {
    const row = rowOf(key)
    if (row === undefined) changes.remove.push(key)
    else changes.put.push(row)
  }
  keys.clear()
  return changes
}
