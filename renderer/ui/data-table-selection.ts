/** Rows marked for an action. `anchor` is where the last range began. */
export interface Marks {
  ids: ReadonlySet<string>
  anchor?: string
}

export const NO_MARKS: Marks = { ids: new Set() }

export function toggleMark({ ids }: Marks, id: string): Marks {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** Marks everything between the anchor and `to` in the order on screen, besides what was marked before. */
export function markRange({ ids, anchor }: Marks, to: string, order: readonly string[]): Marks {
  const end = order.indexOf(to)
  if (end < 0) return { ids, ...(anchor !== undefined && { anchor }) }
  const found = anchor === undefined ? -1 : order.indexOf(anchor)
  const start = found < 0 ? end : found
  const range = order.slice(Math.min(start, end), Math.max(start, end) + 1)
  return { ids: new Set([...ids, ...range]), anchor: anchor !== undefined && found >= 0 ? anchor : to }
}

export const markAll = (order: readonly string[]): Marks => ({ ids: new Set(order) })

/** Whether all, some or none of the rows on screen are marked. */
export function coverage(ids: ReadonlySet<string>, order: readonly string[]): 'all' | 'some' | 'none' {
  if (ids.size === 0 || order.length === 0) return 'none'
  let marked = 0
  for (const id of order) if (ids.has(id)) marked += 1
  if (marked === order.length) return 'all'
  return marked === 0 ? 'none' : 'some'
}
