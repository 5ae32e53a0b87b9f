/** One request as it was answered. Never the token, only its kind. */
export interface LedgerEntry {
  at: number
  requestId: string
  method: string
  path: string
  /** What the caller was given; 0 when no answer came. */
  status: number
  /** The kind of token; `none` where nobody asked for one. */
  token: string
  /** What was done to the answer on purpose. */
  fault?: string
}

export interface Ledger {
  add(entry: LedgerEntry): void
  entries(): readonly LedgerEntry[]
  /** How many of the oldest are no longer kept. */
  forgotten(): number
  clear(): void
}

const KEPT = 200_000

export function createLedger(): Ledger {
  let entries: LedgerEntry[] = []
  let forgotten = 0
  return {
    entries: () => entries,
    forgotten: () => forgotten,
    clear() {
      entries = []
      forgotten = 0
    },
    add(entry) {
      entries.push(entry)
      if (entries.length <= KEPT) return
      entries = entries.slice(KEPT / 10)
      forgotten += KEPT / 10
    },
  }
}
