import type { Clock } from '../world/clock.ts'
import type { Random } from '../world/random.ts'

export interface AppLock {
  id: string
  expiresAt: number
}

/** Locks on whole apps, which an older flyctl took around a deploy. One that is not given back ends by itself. */
export interface AppLocks {
  of(app: string): AppLock | undefined
  /** Undefined while another holds it. */
  take(app: string): AppLock | undefined
  /** False when it is held under another id, or not at all. */
  release(app: string, id: string): boolean
}

/** Milliseconds. GUESS: no source says how long a lock lasts. */
const LASTS = 5 * 60_000

export function createAppLocks(clock: Clock, random: Random): AppLocks {
  const locks = new Map<string, AppLock>()
  const of = (app: string) => {
    const lock = locks.get(app)
    return lock && lock.expiresAt > clock.now() ? lock : undefined
  }
  return {
    of,
    take(app) {
      if (of(app)) return undefined
      const lock = { id: random.hex(32), expiresAt: clock.now() + LASTS }
      locks.set(app, lock)
      return lock
    },
    release: (app, id) => of(app)?.id === id && locks.delete(app),
  }
}
