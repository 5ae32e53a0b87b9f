import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#electron/lib/log.ts'
import type { Picture, Rows } from './picture.ts'
import type { SavedRows } from './saved-rows.ts'

interface WriterOptions {
  accountId: string
  picture: Picture
  savedRows: SavedRows
  log: Log
  /** Nothing is written after it. */
  ended: AbortSignal
  /** Changes of the first moments are written together. */
  gatherMs?: number
  /** Ten thousand machines are some 5 MB: not more often than this. */
  restMs?: number
}

/** Rows turned into text in one turn of the event loop. */
const PART = 1_000

/** Saves all rows far behind their changes, and what is left when the session closes. */
export function createRowsWriter(options: WriterOptions) {
  const { accountId, picture, savedRows, log, ended, gatherMs = 5_000, restMs = 25_000 } = options
  let stale = false
  let writing = false

  async function write(): Promise<void> {
    writing = true
    const signal = ended
    try {
      while (stale) {
        await sleep(gatherMs, undefined, { signal, ref: false })
        stale = false
        const value = await textInParts(picture.rows())
        if (!ended.aborted) savedRows.save(accountId, value)
        await sleep(restMs, undefined, { signal, ref: false })
      }
    } catch (error) {
      if (!ended.aborted) log.error('The rows of the fleet could not be saved', error)
    } finally {
      writing = false
    }
  }

  return {
    /** Some row has changed. */
    note() {
      stale = true
      if (!writing) void write()
    },
    /** Writes what is still to be written, at once. */
    flush() {
      if (stale && !ended.aborted) savedRows.save(accountId, JSON.stringify(picture.rows()))
      stale = false
    },
  }
}

/** The same as JSON.stringify of it all, without holding up terminals and logs. */
async function textInParts({ apps, machines, volumes }: Rows): Promise<string> {
  const texts = { apps: await listText(apps), machines: await listText(machines), volumes: await listText(volumes) }
  return `{"apps":${texts.apps},"machines":${texts.machines},"volumes":${texts.volumes}}`
}

async function listText(rows: readonly object[]): Promise<string> {
  const parts: string[] = []
  for (let start = 0; start < rows.length; start += PART) {
    parts.push(JSON.stringify(rows.slice(start, start + PART)).slice(1, -1))
    await nextTurn()
  }
  return `[${parts.join(',')}]`
}
