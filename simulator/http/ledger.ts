/** One request as it was answered. Never the token, only its kind. */
export interface LedgerEntry {
  at: number
  requestId: string
  method: string
  path: string
  status: number
  token: string
}

export interface Ledger {
  add(entry: LedgerEntry): void
  entries(): readonly LedgerEntry[]
  clear(): void
}

const KEPT = 100_000

export function createLedger(): Ledger {
  let entries: LedgerEntry[] = []
  return {
    entries: () => entries,
    clear: () => {
      entries = []
    },
    add(entry) {
      entries.push(entry)
      if (entries.length > KEPT) entries = entries.slice(KEPT / 10)
    },
  }
}
