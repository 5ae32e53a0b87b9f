/** Between the two nearest of the sorted values (Prometheus docs, quantile). */
export function quantile(share: number, sorted: readonly number[]): number {
  if (sorted.length === 0 || Number.isNaN(share)) return Number.NaN
  if (share < 0) return Number.NEGATIVE_INFINITY
  if (share > 1) return Number.POSITIVE_INFINITY
  const rank = share * (sorted.length - 1)
  const low = sorted[Math.floor(rank)] ?? Number.NaN
  const high = sorted[Math.ceil(rank)] ?? Number.NaN
  const weight = rank - Math.floor(rank)
  return weight === 0 ? low : low * (1 - weight) + high * weight
}

export interface Bucket {
  /** Where it ends. */
  edge: number
  /** How many are in it and in all before it. */
  count: number
}

/** Where a share of what a histogram counted lies, evenly spread within a bucket (Prometheus docs, histogram_quantile). */
export function bucketQuantile(share: number, unsorted: readonly Bucket[]): number {
  const buckets = unsorted.toSorted((a, b) => a.edge - b.edge)
  const last = buckets.at(-1)
  if (!last || last.edge !== Number.POSITIVE_INFINITY || buckets.length < 2 || Number.isNaN(share)) return Number.NaN
  if (last.count === 0) return Number.NaN
  if (share < 0) return Number.NEGATIVE_INFINITY
  if (share > 1) return Number.POSITIVE_INFINITY
  const rank = share * last.count
  const place = buckets.slice(0, -1).findIndex(({ count }) => count >= rank)
  const bucket = buckets[place]
  if (!bucket) return buckets.at(-2)?.edge ?? Number.NaN
  const before = buckets[place - 1]
  if (!before && bucket.edge <= 0) return bucket.edge
  const [from, below] = before ? [before.edge, before.count] : [0, 0]
  const inside = bucket.count - below
  return inside === 0 ? bucket.edge : from + ((bucket.edge - from) * (rank - below)) / inside
}
