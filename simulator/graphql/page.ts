import { badRequest } from '../http/fly-error.ts'

/** A Relay connection over a list that is there as a whole. */
export function connection<Item, Node>(items: readonly Item[], page: PageArguments, toNode: (item: Item) => Node) {
  const [start, end] = bounds(items.length, page)
  const nodes = items.slice(start, end).map(toNode)
  return {
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: writeCursor(start + index + 1) })),
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      endCursor: end > start ? writeCursor(end) : null,
      hasPreviousPage: start > 0,
      startCursor: end > start ? writeCursor(start + 1) : null,
    },
  }
}

export interface PageArguments {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
}

/** Longest page. flyctl asks for 200 apps at once. */
const LONGEST = 200

function bounds(length: number, { first, last, after, before }: PageArguments): [number, number] {
  if ((first ?? 0) < 0 || (last ?? 0) < 0) throw badRequest('first and last must not be negative')
  const from = after ? Math.min(length, readCursor(after)) : 0
  const until = before ? Math.max(from, Math.min(length, readCursor(before) - 1)) : length
  if (last !== null && last !== undefined && (first ?? null) === null) {
    return [Math.max(from, until - Math.min(last, LONGEST)), until]
  }
  return [from, Math.min(until, from + Math.min(first ?? 100, LONGEST))]
}

/** A cursor is the place of an item, counted from 1. */
const writeCursor = (place: number) => Buffer.from(String(place)).toString('base64url')

function readCursor(cursor: string): number {
  const place = Number(Buffer.from(cursor, 'base64url').toString())
  if (!Number.isSafeInteger(place) || place < 0) throw badRequest('Invalid cursor')
  return place
}

export const iso = (time: number) => new Date(time).toISOString()
