import { useSyncExternalStore } from 'react'

/** One timer for everything on screen that tells an age. */
const TICK_MS = 1000

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** What `read` makes of the present. Draws again only when that changes, so thousands of ages cost next to nothing. */
export function useTick<Value extends string | number | boolean>(read: (now: number) => Value): Value {
  return useSyncExternalStore(subscribe, () => read(now))
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) begin()
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

function begin(): void {
  now = Date.now()
  timer = setInterval(() => {
    now = Date.now()
    for (const listener of listeners) listener()
  }, TICK_MS)
}
