import { z } from 'zod'
import type { FlyClient } from './client.ts'
import { itemsOf, maybe, maybeItemsOf } from './lenient.ts'
import { type FlyMachine, OrgMachine } from './machine-schema.ts'
import { type FlyVolume, OrgVolume } from './volumes.ts'

/** One page. Empty pages may come while more remain: only an absent `nextCursor` is the end. */
export interface Page<T> {
  items: T[]
  nextCursor?: string | undefined
  /** Newest `updated_at` Fly's snapshot had, in ms. */
  lastUpdatedAt?: number | undefined
  /** Regions that gave no answer: what is there is unseen, not gone. */
  errorRegions: string[]
}

const End = {
  next_cursor: maybe(z.string()),
  last_updated_at: maybe(z.string()),
  error_regions: maybeItemsOf(z.string()),
}

const MachinesPage = z
  .object({ machines: itemsOf(OrgMachine), ...End })
  .transform(({ machines, ...end }): Page<FlyMachine> => ({ items: machines, ...endOf(end) }))

const VolumesPage = z
  .object({ volumes: itemsOf(OrgVolume), ...End })
  .transform(({ volumes, ...end }): Page<FlyVolume> => ({ items: volumes, ...endOf(end) }))

function endOf(end: {
  next_cursor?: string | undefined
  last_updated_at?: string | undefined
  error_regions: string[]
}) {
  const at = Date.parse(end.last_updated_at ?? '')
  return {
    nextCursor: end.next_cursor || undefined,
    lastUpdatedAt: Number.isNaN(at) ? undefined : at,
    errorRegions: end.error_regions,
  }
}

interface Query {
  org: string
  /** ms; only what changed after it. Such lists hold what was destroyed as well. */
  updatedAfter?: number | undefined
  signal: AbortSignal
}

/** Fly's highest. */
const PAGE_SIZE = 1000

const queryOf = (updatedAfter: number | undefined, cursor: string | undefined) => ({
  limit: PAGE_SIZE,
  cursor,
  ...(updatedAfter === undefined ? {} : { updated_after: new Date(updatedAfter).toISOString(), include_deleted: true }),
})

/** The machines of an organization, page by page. They lack events, checks, mounts and most of the configuration. */
export function orgMachinePages(fly: FlyClient, { org, updatedAfter, signal }: Query) {
  return pages((cursor) =>
    fly({
      service: 'machines',
      path: `/v1/orgs/${org}/machines`,
      query: queryOf(updatedAfter, cursor),
      limit: { action: 'list-org-machines', id: org },
      schema: MachinesPage,
      signal,
    }),
  )
}

export function orgVolumePages(fly: FlyClient, { org, updatedAfter, signal }: Query) {
  return pages((cursor) =>
    fly({
      service: 'machines',
      path: `/v1/orgs/${org}/volumes`,
      query: queryOf(updatedAfter, cursor),
      limit: { action: 'list-org-volumes', id: org },
      schema: VolumesPage,
      signal,
    }),
  )
}

/** A cursor seen before would go round for ever, so it ends the list. */
async function* pages<T>(read: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<Page<T>> {
  const seen = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    yield page
    cursor = page.nextCursor
    if (cursor !== undefined && seen.has(cursor)) return
    if (cursor !== undefined) seen.add(cursor)
  } while (cursor !== undefined)
}
