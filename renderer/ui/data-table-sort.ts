/** Undefined = the row has no value there. */
type SortKey = string | number | undefined

/** Keys already made, by row: rows are replaced, never changed. */
export type KeyCache<Row extends object> = WeakMap<Row, { key: SortKey }>

interface SortRows<Row extends object> {
  rows: readonly Row[]
  sortValue: (row: Row) => SortKey
  descending: boolean
  cache?: KeyCache<Row>
}

/** Each key is made once per row. Rows without a key stay last in either direction, equal rows in their old order. */
export function sortRows<Row extends object>({ rows, sortValue, descending, cache }: SortRows<Row>): Row[] {
  const known = cache ?? new WeakMap()
  const keyed = rows.map((row) => ({ row, key: keyOf(row, sortValue, known) }))
  keyed.sort(
    descending ? (left, right) => compareKeys(right.key, left.key) : (left, right) => compareKeys(left.key, right.key),
  )
  const ordered = keyed.map(({ row }) => row)
  if (!descending) return ordered
  // Turned round, the missing keys came first.
  const missing = keyed.findIndex(({ key }) => key !== undefined)
  return missing <= 0 ? ordered : [...ordered.slice(missing), ...ordered.slice(0, missing)]
}

function keyOf<Row extends object>(row: Row, sortValue: (row: Row) => SortKey, cache: KeyCache<Row>): SortKey {
  const kept = cache.get(row)
  if (kept) return kept.key
  const key = sortValue(row)
  cache.set(row, { key })
  return key
}

/** Numbers by size, texts by code unit, missing keys last. */
function compareKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0
  if (left === undefined) return 1
  if (right === undefined) return -1
  return left < right ? -1 : 1
}
