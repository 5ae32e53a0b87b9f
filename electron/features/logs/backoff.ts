/** flyctl's pace: at once after a full page, soon after lines, 128 ms while none come. */
const SOON_MS = 64
const IDLE_MS = 128
const LONGEST_MS = 4096
/** Empty polls at flyctl's pace, about 5 s; an app that stays silent longer is asked less and less often. */
const PATIENT_POLLS = 40
/** Fly answers at most this many entries: a full page means there is more to fetch now. */
const FULL_PAGE = 100

/** How long to wait after a page with so many new entries, the `emptyPolls`th in a row that had none. In ms. */
export function pauseAfterPage(entries: number, emptyPolls: number): number {
  if (entries >= FULL_PAGE) return 0
  if (entries > 0) return SOON_MS
  return Math.min(LONGEST_MS, IDLE_MS * 2 ** Math.max(0, emptyPolls - PATIENT_POLLS))
}

/** How long to wait after the `failures`th failure in a row. In ms. */
export const pauseAfterFailure = (failures: number): number => Math.min(LONGEST_MS, SOON_MS * 2 ** failures)
