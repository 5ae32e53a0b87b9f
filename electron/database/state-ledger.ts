import { z } from 'zod'
import { Guest } from '#shared/contracts/fleet.ts'
import { type Database, transaction } from './open-database.ts'

/** A state a machine entered, and how Hangar knows. */
export interface LedgerEntry {
  machineId: string
  at: number
  app: string
  org: string
  state: string
  digest?: string | undefined
  region: string
  guest?: Guest | undefined
  /** `event`: Fly told the moment. `list`: the moment is when Fly last changed the machine. */
  how: 'event' | 'list'
}

const Row = z
  .object({
    machine_id: z.string(),
    at: z.int(),
    app: z.string(),
    org: z.string(),
    state: z.string(),
    digest: z.string().nullable(),
    region: z.string(),
    guest: z
      .string()
      .nullable()
      .transform((text) => (text === null ? undefined : Guest.safeParse(JSON.parse(text)).data)),
    how: z.enum(['event', 'list']),
  })
  .transform(
    ({ machine_id, digest, ...row }): LedgerEntry => ({
      ...row,
      machineId: machine_id,
      digest: digest ?? undefined,
    }),
  )

export interface StateLedger {
  record(accountId: string, entries: readonly LedgerEntry[]): void
  /** Per machine, oldest first: every state entered since `from`, and the one it was in then. */
  since(accountId: string, from: number): ReadonlyMap<string, readonly LedgerEntry[]>
}

/** Every state seen, appended once and read by cost and history. What was read is kept in memory as it grows. */
export function createStateLedger(database: Database): StateLedger {
  const insert = database.prepare('INSERT OR IGNORE INTO states VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const select = database.prepare(`
    SELECT machine_id, at, app, org, state, digest, region, guest, how FROM states AS s
    WHERE account_id = :account AND at >= coalesce(
      (SELECT max(at) FROM states WHERE account_id = :account AND machine_id = s.machine_id AND at <= :start), :start)
    ORDER BY machine_id, at`)
  let kept: { account: string; from: number; entries: Map<string, LedgerEntry[]> } | undefined

  return {
    record(accountId, entries) {
      if (entries.length === 0) return
      transaction(database, () => {
        for (const entry of entries) {
          const { machineId, at, app, org, state, digest = null, region, guest, how } = entry
          const size = guest ? JSON.stringify(guest) : null
          const { changes } = insert.run(accountId, machineId, at, app, org, state, digest, region, size, how)
          if (changes > 0 && kept?.account === accountId) add(kept.entries, entry)
        }
      })
    },
    since(accountId, from) {
      if (kept?.account !== accountId || kept.from !== from) {
        const rows = Row.array().parse(select.all({ account: accountId, start: from }))
        kept = { account: accountId, from, entries: Map.groupBy(rows, ({ machineId }) => machineId) }
      }
      return kept.entries
    },
  }
}

function add(entries: Map<string, LedgerEntry[]>, entry: LedgerEntry): void {
  const list = entries.get(entry.machineId)
  if (!list) entries.set(entry.machineId, [entry])
  else {
    const after = list.findLastIndex(({ at }) => at <= entry.at)
    list.splice(after + 1, 0, entry)
  }
}
