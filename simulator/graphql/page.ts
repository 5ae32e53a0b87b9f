/** A Relay connection over a list that is there as a whole. */
export function connection<Item, Node>(items: readonly Item[], page: PageArguments, toNode: (item: Item) => Node) {
  const start = page.after ? Number(Buffer.from(page.after, 'base64url').toString()) || 0 : 0
  const end = Math.min(items.length, start + (page.first ?? 100))
  const cursor = (place: number) => Buffer.from(String(place)).toString('base64url')
  return {
    nodes: items.slice(start, end).map(toNode),
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      endCursor: end > start ? cursor(end) : null,
      hasPreviousPage: start > 0,
      startCursor: end > start ? cursor(start) : null,
    },
  }
}

export interface PageArguments {
  first?: number | null
  after?: string | null
}

export const iso = (time: number) => new Date(time).toISOString()
