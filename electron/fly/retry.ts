interface Failure {
  method: string
  /** 1 for the first try. */
  attempt: number
  /** HTTP status; absent when no answer came. */
  status: number | undefined
  /** Header `retry-after`: seconds or a date. Fly documents none, a proxy may send one. */
  retryAfter: string | null
  /** 0…1, so that many clients do not come back in step. */
  random: number
  now: number
}

/** Passing trouble of Fly's proxies; fly-go retries the same. */
const TRANSIENT = new Set([502, 503, 504])
const MAX_TRIES = 3
/** A refusal for rate did nothing, so patience costs only time. */
const MAX_TRIES_LIMITED = 6
const FIRST_PAUSE_MS = 250
const FIRST_PAUSE_LIMITED_MS = 1000
const LONGEST_PAUSE_MS = 30_000

/**
 * How long to wait before the next try, in ms; undefined = give up. Only what cannot have had an effect is repeated:
 * reads, and anything Fly refused with 429. A create that got no answer may have created.
 */
export function retryPauseMs(failure: Failure): number | undefined {
  const { method, attempt, status } = failure
  if (status === 429) return attempt < MAX_TRIES_LIMITED ? pause(FIRST_PAUSE_LIMITED_MS, failure) : undefined
  const transient = status === undefined || TRANSIENT.has(status)
  return method === 'GET' && transient && attempt < MAX_TRIES ? pause(FIRST_PAUSE_MS, failure) : undefined
}

function pause(firstMs: number, { attempt, retryAfter, random, now }: Failure): number {
  const backoff = firstMs * 2 ** (attempt - 1) * (0.5 + random)
  return Math.min(LONGEST_PAUSE_MS, Math.max(backoff, parseRetryAfter(retryAfter, now)))
}

/** In ms from now; 0 when absent or nonsense. */
function parseRetryAfter(value: string | null, now: number): number {
  if (!value) return 0
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}
