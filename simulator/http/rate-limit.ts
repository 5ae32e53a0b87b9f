import type { Clock } from '../world/clock.ts'
import { FlyError } from './fly-error.ts'

/**
 * How strictly the documented limits are read. The docs give a rate and a "short-term burst" and leave open how large the
 * bucket is and how it fills again: a client that is right with all of these is right with Fly.
 *
 * - `documented`: a bucket of the burst that fills at the rate
 * - `no-burst`: no burst at all
 * - `slow-refill`: the burst is there once, then it fills at half the rate
 * - `penalty`: a refused request empties the bucket for five seconds, and says so in `Retry-After`
 */
export const RATE_LIMITS = ['documented', 'no-burst', 'slow-refill', 'penalty', 'off'] as const
export type RateLimits = (typeof RATE_LIMITS)[number]

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

function read(limits: RateLimits, { perSecond, burst }: RateLimit): RateLimit {
  if (limits === 'no-burst') return { perSecond, burst: 1 }
  return limits === 'slow-refill' ? { perSecond: perSecond / 2, burst } : { perSecond, burst }
}

/** Milliseconds a caller is kept out who did not wait. */
const PENALTY = 5_000
/** Buckets kept before the full ones are forgotten: 10,000 machines times a few actions. */
const KEPT = 50_000
/** Milliseconds after which every bucket is full again. */
const FULL = 60_000

interface Bucket {
  level: number
  at: number
}

export interface RateLimiter {
  /** Throws a 429 when the bucket of this action and identifier is empty. */
  take(action: string, limit: RateLimit): void
}

export function createRateLimiter(clock: Clock, limits: RateLimits): RateLimiter {
  const buckets = new Map<string, Bucket>()
  const forgetFull = (now: number) => {
    for (const [key, { at }] of buckets) if (now - at > FULL) buckets.delete(key)
  }
  function refuse(action: string, perSecond: number): never {
    if (limits !== 'penalty') throw new FlyError(429, 'rate limit exceeded')
    buckets.set(action, { level: 1 - (PENALTY / 1000) * perSecond, at: clock.now() })
    throw new FlyError(429, 'rate limit exceeded', {}, { 'retry-after': String(PENALTY / 1000) })
  }
  return {
    take(action, documented) {
      if (limits === 'off') return
      const { perSecond, burst } = read(limits, documented)
      const now = clock.now()
      if (buckets.size > KEPT) forgetFull(now)
      const known = buckets.get(action) ?? { level: burst, at: now }
      const level = Math.min(burst, known.level + ((now - known.at) / 1000) * perSecond)
      if (level < 1) refuse(action, perSecond)
      buckets.set(action, { level: level - 1, at: now })
    },
  }
}
