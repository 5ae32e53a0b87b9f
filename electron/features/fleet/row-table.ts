import { isDeepStrictEqual } from 'node:util'

export interface RowChanges<Row> {
  put: Row[]
  remove: string[]
}

export interface RowTable<Row> {
  get(key: string): Row | undefined
  values(): Row[]
  /** Something it is computed from has moved. */
  touch(key: string): void
  /** A row computed in an earlier run. It stays until what it is computed from is touched. */
  seed(key: string, row: Row): void
  /** Touched, and not computed yet. */
  waiting(): number
  /** Computes what was touched, of that `atMost` so many, and returns only the rows that really differ. */
  settle(compute: (key: string) => Row | undefined, atMost?: number): RowChanges<Row>
}

/** Rows by key that are computed again only when touched. A row that stays equal keeps its identity. */
export function createRowTable<Row>(): RowTable<Row> {
  const rows = new Map<string, Row>()
  const touched = new Set<string>()
  return {
    get: (key) => rows.get(key),
    values: () => [...rows.values()],
    touch: (key) => void touched.add(key),
    seed: (key, row) => void rows.set(key, row),
    waiting: () => touched.size,
    settle(compute, atMost = Number.POSITIVE_INFINITY) {
      const changes: RowChanges<Row> = { put: [], remove: [] }
      for (const key of [...touched].slice(0, atMost)) {
        touched.delete(key)
        const row = compute(key)
        if (row === undefined) {
          if (rows.delete(key)) changes.remove.push(key)
        } else if (!isDeepStrictEqual(row, rows.get(key))) {
          rows.set(key, row)
          changes.put.push(row)
        }
      }
      return changes
    },
  }
}

/** Which things belong to which: machines to an app, volumes to a machine. */
export function createIndex() {
  const members = new Map<string, Set<string>>()
  const ownerOf = new Map<string, string>()
  return {
    of: (owner: string): Iterable<string> => members.get(owner) ?? [],
    put(member: string, owner: string | undefined) {
      const before = ownerOf.get(member)
      if (before === owner) return
      if (before !== undefined) members.get(before)?.delete(member)
      if (owner === undefined) ownerOf.delete(member)
      else {
        ownerOf.set(member, owner)
        members.set(owner, (members.get(owner) ?? new Set()).add(member))
      }
    },
  }
}
