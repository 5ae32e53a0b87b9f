import { listApps } from '#electron/fly/apps.ts'
import type { FlyClient } from '#electron/fly/client.ts'
import { orgMachinePages, orgVolumePages, type Page } from '#electron/fly/org-lists.ts'
import { type FleetReader, inGroups } from './fleet-reader.ts'
import type { Picture } from './picture.ts'
import { type OrgPoll, OVERLAP_MS } from './poll-state.ts'

interface Options {
  fly: FlyClient
  picture: Picture
  reader: FleetReader
  now: () => number
}

interface How {
  /** The whole list, not only what changed. */
  full: boolean
  signal: AbortSignal
}

export type OrgReader = ReturnType<typeof createOrgReader>

/** Reads the lists of an organization. Whatever a whole list leaves out is asked for by itself before it counts as gone. */
export function createOrgReader({ fly, picture, reader, now }: Options) {
  /** Also tells how old the newest change was when the list showed it, in ms. */
  async function machines(poll: OrgPoll, { full, signal }: How): Promise<number | undefined> {
    const { org } = poll
    const startedAt = now()
    const pages = orgMachinePages(fly, { org, updatedAfter: updatedAfter(poll.machinesUntil, full), signal })
    const list = await readList(pages, {
      until: poll.machinesUntil,
      now,
      see: (items, readAt) => reader.takeMachines(items, { org, full: false, readAt }),
    })
    poll.machinesUntil = list.until
    poll.errorRegions = [...list.errorRegions]
    if (full) {
      poll.machinesFullAt = startedAt
      const absent = picture.rows().machines.filter((row) => {
        const readAt = picture.machine(row.id)?.core.readAt ?? 0
        return row.org === org && !list.seen.has(row.id) && !list.errorRegions.has(row.region) && readAt < startedAt
      })
      await inGroups(absent, ({ app, id }) => reader.machine({ app, id, signal }))
    }
    return list.lagMs
  }

  async function volumes(poll: OrgPoll, { full, signal }: How): Promise<undefined> {
    const { org } = poll
    const startedAt = now()
    const pages = orgVolumePages(fly, { org, updatedAfter: updatedAfter(poll.volumesUntil, full), signal })
    const list = await readList(pages, {
      until: poll.volumesUntil,
      now,
      see: (items, readAt) => reader.takeVolumes(items, { org, readAt }),
    })
    poll.volumesUntil = list.until
    poll.volumesAt = startedAt
    if (!full) return
    poll.volumesFullAt = startedAt
    const absent = picture.rows().volumes.filter((row) => {
      return row.org === org && !list.seen.has(row.id) && !list.errorRegions.has(row.region)
    })
    await inGroups(absent, ({ app, id }) => reader.volume({ app, id, org, signal }))
  }

  async function apps(poll: OrgPoll, signal: AbortSignal): Promise<undefined> {
    const { org } = poll
    const startedAt = now()
    const list = await listApps(fly, { org, signal })
    reader.seeApps(list)
    poll.appsAt = startedAt
    const names = new Set(list.map(({ name }) => name))
    const absent = picture.rows().apps.filter((row) => row.org === org && !names.has(row.name))
    await inGroups(absent, ({ name }) => reader.app({ name, org, signal }))
  }

  return { machines, volumes, apps }
}

function updatedAfter(until: number | undefined, full: boolean): number | undefined {
  return full || until === undefined ? undefined : until - OVERLAP_MS
}

interface Listed {
  id: string
  updatedAt: number
}

interface ReadOptions<T> {
  /** Newest change known before. */
  until: number | undefined
  now: () => number
  see: (items: readonly T[], readAt: number) => Promise<void>
}

interface ReadResult {
  seen: ReadonlySet<string>
  errorRegions: ReadonlySet<string>
  until: number
  lagMs?: number | undefined
}

/** Takes each page into the picture as it comes, so that the first thousand do not wait for the last. */
async function readList<T extends Listed>(
  pages: AsyncIterable<Page<T>>,
  { until: before, now, see }: ReadOptions<T>,
): Promise<ReadResult> {
  const seen = new Set<string>()
  const errorRegions = new Set<string>()
  let until = before ?? 0
  let newest: number | undefined
  for await (const page of pages) {
    const readAt = now()
    for (const item of page.items) seen.add(item.id)
    for (const region of page.errorRegions) errorRegions.add(region)
    const last = page.items.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), until)
    if (last > until) newest = readAt - last
    until = last
    await see(page.items, readAt)
  }
  const lagMs = before === undefined || newest === undefined ? undefined : Math.max(0, newest)
  return { seen, errorRegions, until, lagMs }
}
