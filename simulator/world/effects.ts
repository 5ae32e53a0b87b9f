import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from './clock.ts'

/** Something that changed in the world: what a test needs to prove that nothing was lost and nothing done twice. */
export interface Effect {
  /** Milliseconds since 1970. */
  at: number
  /** `app`, `machine`, `volume`, … */
  kind: string
  id: string
  /** `created`, `state`, `updated`, `deleted`, … */
  change: string
  from?: string
  to?: string
  /** Id of the request that brought it about, however much later; absent for what happened by itself. */
  request?: string
}

/** Every effect since the start or the last clearing, oldest first. */
export interface Effects {
  add(effect: Omit<Effect, 'at' | 'request'>): void
  list(): readonly Effect[]
  /** How many of the oldest are no longer kept. */
  forgotten(): number
  clear(): void
  /** Runs something on behalf of a request: its effects, now and later, carry its id. */
  causedBy<Result>(request: string, run: () => Result): Result
}

/** Kept at once: some 100 MB at most. */
const KEPT = 500_000

export function createEffects(clock: Clock): Effects {
  const requests = new AsyncLocalStorage<string>()
  let list: Effect[] = []
  let forgotten = 0
  return {
    list: () => list,
    forgotten: () => forgotten,
    causedBy: (request, run) => requests.run(request, run),
    clear() {
      list = []
      forgotten = 0
    },
    add(effect) {
      const request = requests.getStore()
      list.push({ at: clock.now(), ...effect, ...(request === undefined ? {} : { request }) })
      if (list.length <= KEPT) return
      list = list.slice(KEPT / 10)
      forgotten += KEPT / 10
    },
  }
}
