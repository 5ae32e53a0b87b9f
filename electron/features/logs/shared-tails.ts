import type { FlyClient } from '#electron/fly/client.ts'
import type { LogLine } from '#shared/contracts/logs.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { followApp, type TailListener } from './app-tail.ts'

/** Lines a reader that joins a running tail begins with. */
const KEPT_LINES = 100

interface RunningTail {
  listeners: Set<TailListener>
  recent: LogLine[]
  trouble: string | undefined
  ended: AppError | undefined
  stop: AbortController
}

interface Join {
  fly: FlyClient
  accountId: string
  app: string
  listener: TailListener
}

/** One poller per account and app, however many readers; it starts with the first and stops with the last. */
export function createSharedTails() {
  const tails = new Map<string, RunningTail>()

  return {
    /** Joins the tail: what is known already comes at once. Returns how to leave. */
    join({ fly, accountId, app, listener }: Join): () => void {
      const key = `${accountId} ${app}`
      const known = tails.get(key)
      const tail = known ?? startTail(fly, app)
      tails.set(key, tail)
      if (known && known.recent.length > 0) listener.onLines(known.recent, undefined)
      if (known) listener.onTrouble(known.trouble)
      if (known?.ended) listener.onEnd(known.ended)
      tail.listeners.add(listener)
      return () => {
        tail.listeners.delete(listener)
        if (tail.listeners.size > 0) return
        tail.stop.abort()
        if (tails.get(key) === tail) tails.delete(key)
      }
    },
  }
}

function startTail(fly: FlyClient, app: string): RunningTail {
  const tail: RunningTail = {
    listeners: new Set(),
    recent: [],
    trouble: undefined,
    ended: undefined,
    stop: new AbortController(),
  }
  const listener: TailListener = {
    onLines: (lines, gap) => {
      tail.recent = [...tail.recent, ...lines].slice(-KEPT_LINES)
      for (const each of tail.listeners) each.onLines(lines, gap)
    },
    onTrouble: (trouble) => {
      tail.trouble = trouble
      for (const each of tail.listeners) each.onTrouble(trouble)
    },
    onEnd: (error) => {
      tail.ended = error
      for (const each of tail.listeners) each.onEnd(error)
    },
  }
  followApp({ fly, app, listener, signal: tail.stop.signal }).catch((error: unknown) =>
    listener.onEnd(AppError.fromWire(AppError.toWire(error))),
  )
  return tail
}
