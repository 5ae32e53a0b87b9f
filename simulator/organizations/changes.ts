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

const order = (a: Row, b: Row) =>
  a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

export function createChanges(clock: Clock): Changes {
  const published = new Map<string, Row>()
  const waiting: { at: number; row: Row }[] = []
  const sorted = new Map<string, Row[]>()

  const publish = (row: Row) => {
    const known = published.get(row.id)
    if (known && known.updatedAt > row.updatedAt) return
    published.set(row.id, row)
    sorted.delete(row.org)
  }
  const catchUp = () => {
    const now = clock.now()
    const due = waiting.filter(({ at }) => at <= now)
    if (due.length === 0) return
    const rest = waiting.filter(({ at }) => at > now)
    waiting.splice(0, waiting.length, ...rest)
    for (const { row } of due) publish(row)
  }
  return {
    record(row, lagMs) {
      if (lagMs <= 0) publish(row)
      else waiting.push({ at: clock.now() + lagMs, row })
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
