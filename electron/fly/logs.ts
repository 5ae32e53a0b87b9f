import { z } from 'zod'
import type { FlyClient } from './client.ts'
import { itemsOf, maybe } from './lenient.ts'

// GET /api/v1/apps/{app}/logs: unofficial but what `flyctl logs` is built on. Answers the newest 100 entries of the
// last 24 h, or, with `next_token` (a time in nanoseconds), the entries that follow. Entries are kept about 7 days.

const Text = z.union([z.string(), z.number()]).transform(String)

// Nothing in an entry is required: a line with an odd field is still a line, and dropping it would be silent.
const Entry = z.object({
  id: maybe(Text),
  attributes: z
    .object({
      timestamp: maybe(z.string()),
      message: maybe(z.string()),
      level: maybe(z.string()),
      instance: maybe(z.string()),
      region: maybe(z.string()),
      meta: maybe(
        z.object({
          instance: maybe(z.string()),
          region: maybe(z.string()),
          event: maybe(z.object({ provider: maybe(z.string()) })),
        }),
      ),
    })
    .catch({}),
})

const Page = z.object({ data: itemsOf(Entry), meta: maybe(z.object({ next_token: maybe(Text) })) })

/** One entry as Fly tells it; level and message untouched. */
export interface LogEntry {
  id: string
  /** RFC 3339 with up to nanoseconds. */
  timestamp: string
  message: string
  level: string
  provider: string
  region: string
  machineId: string
}

export interface LogPage {
  entries: LogEntry[]
  /** Where to go on; absent when Fly named nothing. */
  nextToken: string | undefined
}

interface LogQuery {
  app: string
  nextToken?: string | undefined
  machineId?: string | undefined
  signal: AbortSignal
}

export async function readLogs(fly: FlyClient, { app, nextToken, machineId, signal }: LogQuery): Promise<LogPage> {
  const { data, meta } = await fly({
    service: 'rest',
    path: `/api/v1/apps/${app}/logs`,
    query: { next_token: nextToken, instance: machineId },
    schema: Page,
    signal,
  })
  return { entries: data.map(toEntry), nextToken: meta?.next_token || undefined }
}

function toEntry({ id, attributes }: z.infer<typeof Entry>): LogEntry {
  const { timestamp = '', message = '', level = 'info', instance, region, meta } = attributes
  const machineId = instance ?? meta?.instance ?? ''
  return {
    id: id ?? `${timestamp} ${machineId} ${message}`,
    timestamp,
    message,
    level,
    provider: meta?.event?.provider ?? 'app',
    region: region ?? meta?.region ?? '',
    machineId,
  }
}
