import type { Clock } from '../world/clock.ts'

/** One row of an org-wide list, frozen as it was when it changed. */
export interface Row {
  id: string
  org: string
  updatedAt: string
  region: string
  state: string
  /** A destroyed one: listed only with `include_deleted`. */
  deleted: boolean
  full: Record<string, unknown>
}

/** The late copy behind `/v1/orgs/{slug}/…`: a change shows only after a while (Machines API description). */
export interface Changes {
  /** `lagMs` 0 publishes at once. */
  record(row: Row, lagMs: number): void
  /** Rows of an organisation, oldest change first. */
  rows(org: string): readonly Row[]
}

interface Waiting {
  at: number
  row: Row
}

const order = (a: Row, b: Row) =>
  a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

export function createChanges(clock: Clock): Changes {
  const published = new Map<string, Row>()
  /** What is still to be shown, by row, oldest first. */
  const waiting = new Map<string, Waiting[]>()
  const sorted = new Map<string, Row[]>()

  const publish = (row: Row) => {
    const known = published.get(row.id)
    if (known && known.updatedAt > row.updatedAt) return
    published.set(row.id, row)
    sorted.delete(row.org)
  }
  /** Shows what is due of one row; answers the rest. */
  const settle = (changes: readonly Waiting[]): Waiting[] => {
    const now = clock.now()
    for (const { at, row } of changes) if (at <= now) publish(row)
    return changes.filter(({ at }) => at > now)
  }
  const catchUp = () => {
    for (const [id, changes] of waiting) {
      const rest = settle(changes)
      if (rest.length > 0) waiting.set(id, rest)
      else waiting.delete(id)
    }
  }
  return {
    record(row, lagMs) {
      if (lagMs <= 0) publish(row)
      // Nobody may ever look: what has become due by now does not pile up.
      else waiting.set(row.id, [...settle(waiting.get(row.id) ?? []), { at: clock.now() + lagMs, row }])
    },
    rows(org) {
      catchUp()
      const known = sorted.get(org)
      if (known) return known
      const rows = [...published.values()].filter((row) => row.org === org).sort(order)
      sorted.set(org, rows)
      return rows
    },
  }
}
