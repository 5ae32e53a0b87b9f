import { z } from 'zod'
import { organizationFor } from '../apps/find-app.ts'
import { badRequest, forbidden } from '../http/fly-error.ts'
import { Flag, parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { mayUseAllApps } from '../tokens/principal.ts'
import type { Changes, Row } from './changes.ts'

const Query = z.looseObject({
  include_deleted: Flag.optional(),
  summary: Flag.optional(),
  region: z.string().optional(),
  state: z.string().optional(),
  updated_after: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
})
type Query = z.infer<typeof Query>

/** The place behind the last row that was looked at, and how many empty pages were given out there. */
const Cursor = z.tuple([z.string(), z.string(), z.int().nonnegative()])
type Cursor = z.infer<typeof Cursor>

function readCursor(text: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw badRequest('invalid cursor')
  }
}

const writeCursor = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Where a page begins: the first row after the cursor, by bisection. */
function firstAfter(rows: readonly Row[], [updatedAt, id]: Cursor): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    const isBefore = row && (row.updatedAt < updatedAt || (row.updatedAt === updatedAt && row.id <= id))
    if (isBefore) low = middle + 1
    else high = middle
  }
  return low
}

/** What `summary` leaves out of machines, and of volumes (Machines API description). */
const DETAILS = new Set(['config', 'blocks', 'block_size', 'blocks_free', 'blocks_avail', 'bytes_used', 'bytes_total'])
const summaryOf = (full: Row['full']) => Object.fromEntries(Object.entries(full).filter(([key]) => !DETAILS.has(key)))

interface Page {
  rows: Row['full'][]
  next: string
  last: Row | undefined
}

/** How pages are made: the most rows one looks at, how many come empty before each, and what none of them sees. */
interface Manner {
  rows: number
  empty: number
  unseen: ReadonlySet<string>
}

/** A page looks at `limit` rows and shows those that fit: it may be short, even empty, with more behind it. */
function pageOf(rows: readonly Row[], query: Query, { rows: most, empty, unseen }: Manner): Page {
  const after = query.updated_after === undefined ? '' : new Date(query.updated_after).toISOString()
  const cursor: Cursor = query.cursor ? readCursor(query.cursor) : [after, '\uffff', 0]
  const [updatedAt, id, given] = cursor
  const start = firstAfter(rows, cursor)
  if (given < empty && start < rows.length)
    return { rows: [], next: writeCursor([updatedAt, id, given + 1]), last: undefined }
  const end = start + Math.min(query.limit, most)
  const looked = rows.slice(start, end)
  const states = query.state?.split(',')
  const last = looked.at(-1)
  const shown = looked.filter(
    (row) =>
      (query.include_deleted || !row.deleted) &&
      (query.region === undefined || row.region === query.region) &&
      (states === undefined || states.includes(row.state)) &&
      !unseen.has(row.region),
  )
  const told = shown.map(({ full }) => (query.summary ? summaryOf(full) : full))
  return { rows: told, next: last && end < rows.length ? writeCursor([last.updatedAt, last.id, 0]) : '', last }
}

function lists({ world, principal, params, query }: Call, changes: Changes) {
  const organization = organizationFor(world, principal, params.org ?? '')
  if (!mayUseAllApps(principal, organization)) throw forbidden()
  const manner = { ...world.listPages, unseen: world.errorRegions }
  return pageOf(changes.rows(organization.rawSlug), parse(Query, query), manner)
}

function machines(call: Call) {
  const { rows, next, last } = lists(call, call.world.machineChanges)
  return ok({
    machines: rows,
    next_cursor: next,
    last_machine_id: last?.id ?? '',
    last_updated_at: last?.updatedAt ?? '',
    error_regions: [...call.world.errorRegions],
  })
}

function volumes(call: Call) {
  const { rows, next, last } = lists(call, call.world.volumeChanges)
  return ok({
    volumes: rows,
    next_cursor: next,
    last_volume_id: last?.id ?? '',
    last_updated_at: last?.updatedAt ?? '',
    error_regions: [...call.world.errorRegions],
  })
}

export const organizationListRoutes: Route[] = [
  { method: 'GET', path: '/v1/orgs/:org/machines', handle: machines },
  { method: 'GET', path: '/v1/orgs/:org/volumes', handle: volumes },
]
