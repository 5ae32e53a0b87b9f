import type { Clock } from '../world/clock.ts'
import { FlyError } from './fly-error.ts'

interface Bucket {
  level: number
  at: number
}

export interface RateLimit {
  perSecond: number
  burst: number
}

/** Every action but reading one machine: 1/s, bursts of 3, per action and identifier (Machines API docs). */
const USUAL = { perSecond: 1, burst: 3 }
const GET_MACHINE = { perSecond: 5, burst: 10 }
/** 100 a minute, whatever the app. */
const DELETE_APP = { perSecond: 100 / 60, burst: 100 }

export function limitOf(method: string, path: string): RateLimit {
  if (method === 'GET' && path === '/v1/apps/:app/machines/:machine') return GET_MACHINE
  if (method === 'DELETE' && path === '/v1/apps/:app') return DELETE_APP
  return USUAL
}

/** Buckets kept before the full ones are forgotten: 10,000 machines times a few actions. */
const KEPT = 50_000

export interface RateLimiter {
  /** Throws a 429 when the bucket of this action and identifier is empty. */
  take(action: string, limit: RateLimit): void
}

export function createRateLimiter(clock: Clock): RateLimiter {
  const buckets = new Map<string, Bucket>()
  const forgetFull = (now: number) => {
    for (const [key, { at }] of buckets) if (now - at > 60_000) buckets.delete(key)
  }
  return {
    take(action, { perSecond, burst }) {
      const now = clock.now()
      if (buckets.size > KEPT) forgetFull(now)
      const known = buckets.get(action) ?? { level: burst, at: now }
      const level = Math.min(burst, known.level + ((now - known.at) / 1000) * perSecond)
      if (level < 1) throw new FlyError(429, 'rate limit exceeded')
      buckets.set(action, { level: level - 1, at: now })
    },
  }
}
