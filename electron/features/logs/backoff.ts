/** flyctl's pace: 64 ms after lines, doubling to about 4 s while nothing comes or polling fails. */
const FIRST_MS = 64
const LONGEST_MS = 4096
/** Fly answers at most this many entries: a full page means there is more to fetch now. */
const FULL_PAGE = 100

export function nextPause(previousMs: number, entries: number): number {
  if (entries >= FULL_PAGE) return 0
  if (entries > 0) return FIRST_MS
  return Math.min(LONGEST_MS, Math.max(FIRST_MS, previousMs * 2))
}
