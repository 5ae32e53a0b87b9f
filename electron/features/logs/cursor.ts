import type { LogBatch } from '#shared/contracts/logs.ts'
import { compareTimes, fromNanoseconds, toNanoseconds } from '#shared/logs/nanoseconds.ts'

export type LogGap = NonNullable<LogBatch['gap']>

/** Where a tail stands. */
export interface Cursor {
  /** Fly's `next_token`, nanoseconds since 1970; absent = ask for the newest entries. */
  token: string | undefined
  /** Time of the newest entry seen. */
  lastSeen: string | undefined
}

export const START: Cursor = { token: undefined, lastSeen: undefined }

/** Fly keeps entries about 7 days. */
const RETENTION_NS = 7n * 24n * 3_600n * 1_000_000_000n
const WHOLE_NUMBER = /^\d{1,20}$/

/** Before a poll: a cursor older than what Fly keeps moves up, and what lies between is named. */
export function withinRetention(cursor: Cursor, nowMs: number): { cursor: Cursor; gap: LogGap | undefined } {
  const oldest = BigInt(nowMs) * 1_000_000n - RETENTION_NS
  const position = cursor.token !== undefined && WHOLE_NUMBER.test(cursor.token) ? BigInt(cursor.token) : undefined
  if (position === undefined || position >= oldest) return { cursor, gap: undefined }
  const gap = {
    from: cursor.lastSeen ?? fromNanoseconds(position),
    to: fromNanoseconds(oldest),
    reason: 'Fly.io keeps logs for 7 days, and these are older.',
  }
  return { cursor: { ...cursor, token: String(oldest) }, gap }
}

interface Page {
  entries: readonly { id: string; timestamp: string }[]
  nextToken: string | undefined
}

/** After a page: the place to go on from. A token never moves back, so a stale answer cannot repeat the past. */
export function advance(cursor: Cursor, { entries, nextToken }: Page): Cursor {
  let lastSeen = cursor.lastSeen
  for (const { timestamp } of entries) {
    const known = toNanoseconds(timestamp) !== undefined
    if (known && (lastSeen === undefined || compareTimes(timestamp, lastSeen) > 0)) lastSeen = timestamp
  }
  return { token: later(cursor.token, nextToken), lastSeen }
}

function later(current: string | undefined, next: string | undefined): string | undefined {
  if (current === undefined || next === undefined) return next ?? current
  if (!WHOLE_NUMBER.test(current) || !WHOLE_NUMBER.test(next)) return next
  return BigInt(next) > BigInt(current) ? next : current
}

/**
 * After Fly refused the token and the newest entries were read in its place: what may be missing between the newest
 * entry seen before and the oldest one now. Nothing is, when the two overlap.
 */
export function gapAfterRestart(before: Cursor, entries: Page['entries']): LogGap | undefined {
  const [first] = entries
  if (before.lastSeen === undefined || first === undefined) return undefined
  if (compareTimes(first.timestamp, before.lastSeen) <= 0) return undefined
  return { from: before.lastSeen, to: first.timestamp, reason: 'Fly.io could not go on where the tail stood.' }
}
