import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#electron/lib/log.ts'
import type { FleetChanges, Picture } from './picture.ts'
import { restorePicture } from './restore-picture.ts'
import type { SavedRows } from './saved-rows.ts'
import type { Snapshot } from './snapshot.ts'

interface EarlierOptions {
  accountId: string
  picture: Picture
  snapshot: Snapshot
  savedRows: SavedRows
  log: Log
  /** Rows that turned out to differ from those saved. */
  tell: (changes: FleetChanges) => void
  ended: AbortSignal
}

/** How long saved rows wait for somebody to look before the rest is read without. */
const UNSEEN_MS = 3_000
/** A page that has just got its rows needs the processor to paint them. */
const PAINT_MS = 500

/** What an earlier run left: its rows are there at once, what they come from follows when somebody has them. */
export function recallEarlierRun(options: EarlierOptions) {
  const { accountId, picture, snapshot, savedRows, log, tell, ended } = options
  const shown = new AbortController()

  function seedRows(): boolean {
    try {
      const rows = savedRows.load(accountId)
      if (rows) picture.seed(rows)
      return rows !== undefined
    } catch (error) {
      log.warn('The saved rows of the fleet could not be read', error)
      return false
    }
  }

  async function restore(): Promise<void> {
    const seeded = seedRows()
    try {
      if (seeded) {
        await pause(UNSEEN_MS, AbortSignal.any([shown.signal, ended]))
        await pause(PAINT_MS, ended)
      }
      await restorePicture({ picture, parts: snapshot.load(accountId), tell, ended })
    } catch (error) {
      log.error('The saved picture of the fleet could not be read', error)
    }
  }

  return {
    /** Resolves when the picture is whole, or cannot be. */
    restored: restore(),
    /** Somebody has all rows there are. */
    shown: () => shown.abort(),
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    // Sooner than that.
  })
}
