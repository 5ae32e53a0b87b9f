import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#electron/lib/log.ts'
import { createPendingChanges } from './pending-changes.ts'
import type { FleetChanges, Picture } from './picture.ts'
import type { Snapshot } from './snapshot.ts'

interface WriterOptions {
  accountId: string
  picture: Picture
  snapshot: Snapshot
  log: Log
  /** Nothing is written after it. */
  ended: AbortSignal
  /** A thing that moves several times within this is written once. */
  gatherMs?: number
}

/** Of each kind, in one transaction and one turn of the event loop. */
const PART = 200

/** Saves the picture behind its changes, a part each turn. */
export function createSnapshotWriter(options: WriterOptions) {
  const { accountId, picture, snapshot, log, ended, gatherMs = 3_000 } = options
  const pending = createPendingChanges()
  let writing = false

  async function write(): Promise<void> {
    writing = true
    try {
      await sleep(gatherMs, undefined, { signal: ended, ref: false })
      // Neighbours in the file are written together: each part touches few of its pages.
      pending.sort()
      while (pending.size() > 0 && !ended.aborted) {
        snapshot.save(accountId, picture, pending.take(picture, PART))
        await nextTurn()
      }
    } catch (error) {
      if (!ended.aborted) log.error('The picture of the fleet could not be saved', error)
    } finally {
      writing = false
    }
  }

  return {
    note(changes: FleetChanges) {
      pending.add(changes)
      if (!writing && pending.size() > 0) void write()
    },
    /** Writes what is still to be written, at once. */
    flush() {
      if (pending.size() > 0 && !ended.aborted) snapshot.save(accountId, picture, pending.take(picture))
    },
  }
}
