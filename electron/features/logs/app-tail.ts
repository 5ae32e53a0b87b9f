import { setTimeout as sleep } from 'node:timers/promises'
import type { FlyClient } from '#electron/fly/client.ts'
import { type LogPage, readLogs } from '#electron/fly/logs.ts'
import type { LogLine } from '#shared/contracts/logs.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { compareTimes } from '#shared/logs/nanoseconds.ts'
import { nextPause } from './backoff.ts'
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
  let state: TailState = { cursor: START, restartedFrom: undefined, pauseMs: 0 }

  while (!signal.aborted) {
    const { cursor, gap } = withinRetention(state.cursor, now())
    const { page, error } = await attempt(readLogs(fly, { app, nextToken: cursor.token, signal }))
    if (signal.aborted) return
    if (error && isFinal(error)) return listener.onEnd(error)
    if (error) {
      listener.onTrouble(`The logs cannot be read right now. Hangar keeps trying. ${error.message}`)
      state = afterError(state, error)
    } else {
      const entries = page.entries.toSorted((one, two) => compareTimes(one.timestamp, two.timestamp))
      const fresh = entries.filter(({ id }) => ids.add(id))
      listener.onTrouble(undefined)
      listener.onLines(fresh.map(toLine), gap ?? (state.restartedFrom && gapAfterRestart(state.restartedFrom, entries)))
      const pauseMs = nextPause(state.pauseMs, fresh.length)
      state = { cursor: advance(cursor, page), restartedFrom: undefined, pauseMs }
    }
    await pause(state.pauseMs, signal)
  }
}

interface TailState {
  cursor: Cursor
  /** Where the tail stood when Fly refused its token. */
  restartedFrom: Cursor | undefined
  pauseMs: number
}

/** A token Fly calls invalid will never work: begin with the newest entries and name what may lie between. */
function afterError({ cursor, restartedFrom, pauseMs }: TailState, { code }: AppError): TailState {
  const next = nextPause(pauseMs, 0)
  if (code !== 'invalid-input' || cursor.token === undefined) return { cursor, restartedFrom, pauseMs: next }
  return { cursor: START, restartedFrom: cursor, pauseMs: next }
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
