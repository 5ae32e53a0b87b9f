import { setTimeout as sleep } from 'node:timers/promises'

interface Rate {
  perSecond: number
  burst: number
}

/** Fly's documented limits: per action and per machine or app (Machines API documentation, "Rate limits"). */
const RATES = { 'get-machine': { perSecond: 5, burst: 10 }, other: { perSecond: 1, burst: 3 } }

interface Limit {
  action: string
  id: string
}

export interface RateLimits {
  /** Waits until this request may be sent. In order per key. */
  take(limit: Limit, signal: AbortSignal): Promise<void>
  /** Fly said 429: the bucket is emptier than thought. */
  refused(limit: Limit): void
  /** Free share of the tightest bucket, 0…1. */
  free(): number
}

/**
 * When a bucket would be full again, if one more request is booked. Generic cell rate algorithm: one number per bucket.
 * All times in ms.
 */
export function book(fullAt: number, now: number, { perSecond, burst }: Rate): { fullAt: number; waitMs: number } {
  const interval = 1000 / perSecond
  const next = Math.max(fullAt, now) + interval
  return { fullAt: next, waitMs: Math.max(0, next - now - burst * interval) }
}

/** How much of a bucket is left, 0…1. */
export function freeShare(fullAt: number, now: number, { perSecond, burst }: Rate): number {
  const usedMs = Math.max(0, fullAt - now)
  return Math.max(0, 1 - usedMs / ((burst * 1000) / perSecond))
}

const rateOf = (action: string): Rate => (action === 'get-machine' ? RATES['get-machine'] : RATES.other)

/** Buckets kept before full ones are dropped: more keys than a busy account has at once. */
const SWEEP_AT = 4096

/** The token buckets of one account. */
export function createRateLimits(now: () => number = () => performance.now()): RateLimits {
  const buckets = new Map<string, { rate: Rate; fullAt: number }>()

  function bucketOf({ action, id }: Limit) {
    const key = `${action} ${id}`
    const bucket = buckets.get(key) ?? { rate: rateOf(action), fullAt: 0 }
    if (buckets.size >= SWEEP_AT) dropFull(buckets, now())
    buckets.set(key, bucket)
    return bucket
  }

  return {
    async take(limit, signal) {
      signal.throwIfAborted()
      const bucket = bucketOf(limit)
      const { fullAt, waitMs } = book(bucket.fullAt, now(), bucket.rate)
      bucket.fullAt = fullAt
      if (waitMs === 0) return
      try {
        await sleep(waitMs, undefined, { signal })
      } catch (error) {
        // Never sent: the place in the bucket is given back.
        bucket.fullAt -= 1000 / bucket.rate.perSecond
        throw error
      }
    },
    refused(limit) {
      const bucket = bucketOf(limit)
      const { perSecond, burst } = bucket.rate
      bucket.fullAt = Math.max(bucket.fullAt, now() + (burst * 1000) / perSecond)
    },
    free() {
      dropFull(buckets, now())
      const shares = [...buckets.values()].map(({ rate, fullAt }) => freeShare(fullAt, now(), rate))
      return Math.min(1, ...shares)
    },
  }
}

function dropFull(buckets: Map<string, { fullAt: number }>, now: number): void {
  for (const [key, { fullAt }] of buckets) if (fullAt <= now) buckets.delete(key)
}
