import type { StateLedger } from '#electron/database/state-ledger.ts'
import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import type { Log } from '#electron/lib/log.ts'
import { recallEarlierRun } from './earlier-run.ts'
import { createFleetReader, type Learned, type OfThing } from './fleet-reader.ts'
import { createHistoryWriter } from './history-writer.ts'
import { createPicture, type FleetChanges } from './picture.ts'
import { createPolling } from './polling.ts'
import { createRowsWriter } from './rows-writer.ts'
import type { SavedRows } from './saved-rows.ts'
import type { Snapshot } from './snapshot.ts'
import { createSnapshotWriter } from './snapshot-writer.ts'

interface SessionOptions {
  active: ActiveAccount
  snapshot: Snapshot
  savedRows: SavedRows
  ledger: StateLedger
  log: Log
  now: () => number
}

export type FleetSession = ReturnType<typeof createFleetSession>

/** The live picture of one account, from sign-in to sign-out. Polls until `active.ended` aborts or it is closed. */
export function createFleetSession({ active, snapshot, savedRows, ledger, log, now }: SessionOptions) {
  const accountId = active.account.id
  const { appDomain } = active.endpoints
  const picture = createPicture((app) => `${app}.${appDomain}`)
  const closing = new AbortController()
  const ended = AbortSignal.any([active.ended, closing.signal])
  const listeners = new Set<(changes: FleetChanges) => void>()
  const history = createHistoryWriter({ accountId, picture, ledger, now })
  const pictureWriter = createSnapshotWriter({ accountId, picture, snapshot, log, ended })
  const rowsWriter = createRowsWriter({ accountId, picture, savedRows, log, ended })
  const reader = createFleetReader({ fly: active.fly, picture, now, learned })
  const polling = createPolling({ active, picture, reader, log, now, ended })
  const earlier = recallEarlierRun({ accountId, picture, snapshot, savedRows, log, tell, ended })
  void earlier.restored.then(polling.run)

  /** Remembers rows that differ, and tells whoever watches. */
  function tell(changes: FleetChanges): void {
    if (isEmpty(changes)) return
    rowsWriter.note()
    for (const listener of listeners) listener(changes)
  }

  /** Brings the rows up to date with what has been read. */
  function learned(machines: readonly FlyMachine[], { org, more }: Learned): void {
    if (ended.aborted) return
    const changes = picture.settle({ more })
    history.record({ machines, org, changes })
    pictureWriter.note(changes)
    tell(changes)
  }

  return {
    picture,
    active,
    ended,
    status: polling.status,
    onStatus: polling.onStatus,
    attach: polling.attach,
    hint: polling.hint,
    refresh: polling.refresh,
    shown: earlier.shown,
    /** Rows that changed, as they change. Returns how to stop listening. */
    onChanges(listener: (changes: FleetChanges) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** One machine in full. What is read goes into a picture that is whole. */
    async readMachine(target: OfThing): Promise<FlyMachine> {
      await earlier.restored
      return reader.readMachine(target)
    },
    close() {
      pictureWriter.flush()
      rowsWriter.flush()
      closing.abort()
    },
  }
}

function isEmpty({ apps, machines, volumes }: FleetChanges): boolean {
  return [apps, machines, volumes].every(({ put, remove }) => put.length === 0 && remove.length === 0)
}
