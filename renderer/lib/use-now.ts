import { useSyncExternalStore } from 'react'

interface Ticker {
  subscribe: (listener: () => void) => () => void
  now: () => number
}

const tickers = new Map<number, Ticker>()

/** All that tick at one pace share one timer, which stops when nobody looks. */
function tickerOf(everyMs: number): Ticker {
  const existing = tickers.get(everyMs)
  if (existing) return existing
  const listeners = new Set<() => void>()
  let current = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    current = Date.now()
    for (const listener of listeners) listener()
  }
  const ticker: Ticker = {
    now: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      if (listeners.size === 1) {
        current = Date.now()
        timer = setInterval(tick, everyMs)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
  }
  tickers.set(everyMs, ticker)
  return ticker
}

/** The time in ms since 1970, renewed every `everyMs`. */
export function useNow(everyMs = 1000): number {
  const ticker = tickerOf(everyMs)
  return useSyncExternalStore(ticker.subscribe, ticker.now)
}
