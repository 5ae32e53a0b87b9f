import { setTimeout as sleep } from 'node:timers/promises'
import type { FlyClient } from '#electron/fly/client.ts'
import { type LogPage, readLogs } from '#electron/fly/logs.ts'
import type { LogLine } from '#shared/contracts/logs.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { compareTimes } from '#shared/logs/nanoseconds.ts'
import { pauseAfterFailure, pauseAfterPage } from './backoff.ts'
import { advance, type Cursor, gapAfterRestart, type LogGap, START, withinRetention } from './cursor.ts'
import { RecentIds } from './recent-ids.ts'
import { toLine } from './to-line.ts'

const REMEMBERED_IDS = 20_000

export interface TailListener {
  onLines(lines: readonly LogLine[], gap: LogGap | undefined): void
  /** Polling fails at the moment; undefined = it works again. */
  onTrouble(trouble: string | undefined): void
  /** Fly says that this can never work: the app is gone, or the token is refused. */
  onEnd(error: AppError): void
}

interface TailOptions {
  fly: FlyClient
  app: string
  listener: TailListener
  signal: AbortSignal
  /** Replaced in tests. */
  pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>
  now?: () => number
}

/** Polls the logs of one app, each line once and in order, until `signal` aborts or Fly says no for good. */
export async function followApp(options: TailOptions): Promise<void> {
  const { fly, app, listener, signal, pause = wait, now = Date.now } = options
  const ids = new RecentIds(REMEMBERED_IDS)
  let state: TailState = { cursor: START, restartedFrom: undefined, emptyPolls: 0, failures: 0 }

  while (!signal.aborted) {
    const { cursor, gap } = withinRetention(state.cursor, now())
    const { page, error } = await attempt(readLogs(fly, { app, nextToken: cursor.token, signal }))
    if (signal.aborted) return
    if (error && isFinal(error)) return listener.onEnd(error)
    if (error) {
      listener.onTrouble(`The logs cannot be read right now. Hangar keeps trying. ${error.message}`)
      state = afterError(state, error)
      await pause(pauseAfterFailure(state.failures), signal)
    } else {
      const entries = page.entries.toSorted((one, two) => compareTimes(one.timestamp, two.timestamp))
      const fresh = entries.filter(({ id }) => ids.add(id))
      listener.onTrouble(undefined)
      listener.onLines(fresh.map(toLine), gap ?? restartGap(state, entries))
      state = afterPage(state, fresh.length, advance(cursor, page))
      await pause(pauseAfterPage(fresh.length, state.emptyPolls), signal)
    }
  }
}

interface TailState {
  cursor: Cursor
  /** Where the tail stood when Fly refused its token. */
  restartedFrom: Cursor | undefined
  emptyPolls: number
  failures: number
}

const restartGap = ({ restartedFrom }: TailState, entries: LogPage['entries']): LogGap | undefined =>
  restartedFrom && gapAfterRestart(restartedFrom, entries)

function afterPage({ emptyPolls }: TailState, fresh: number, cursor: Cursor): TailState {
  return { cursor, restartedFrom: undefined, emptyPolls: fresh === 0 ? emptyPolls + 1 : 0, failures: 0 }
}

/** A token Fly calls invalid will never work: begin with the newest entries and name what may lie between. */
function afterError(state: TailState, { code }: AppError): TailState {
  const failures = state.failures + 1
  if (code !== 'invalid-input' || state.cursor.token === undefined) return { ...state, failures }
  return { cursor: START, restartedFrom: state.cursor, emptyPolls: 0, failures }
}

type Attempt = { page: LogPage; error?: undefined } | { page?: undefined; error: AppError }

async function attempt(reading: Promise<LogPage>): Promise<Attempt> {
  try {
    return { page: await reading }
  } catch (error) {
    return { error: error instanceof AppError ? error : AppError.fromWire(AppError.toWire(error)) }
  }
}

const FINAL = new Set(['unauthenticated', 'forbidden', 'not-found'])
export const isFinal = ({ code }: AppError): boolean => FINAL.has(code)

/** An abort ends the pause early; the loop looks at the signal itself. */
const wait = (milliseconds: number, signal: AbortSignal) =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined)
