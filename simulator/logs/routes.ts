import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { Entry } from './entry.ts'
import { readLogs } from './read-logs.ts'

/** An empty parameter counts as none: flyctl sends all three always. */
const Text = z.string().transform((text) => (text === '' ? undefined : text))
const Query = z.looseObject({
  next_token: z
    .string()
    .regex(/^\d{0,19}$/, 'not a cursor')
    .optional(),
  instance: Text.optional(),
  region: Text.optional(),
})

/** RFC 3339 with nanoseconds. */
function stamp(at: bigint): string {
  const second = new Date(Number(at / 1_000_000_000n) * 1000).toISOString().slice(0, 19)
  return `${second}.${String(at % 1_000_000_000n).padStart(9, '0')}Z`
}

/** A log entry in the JSON:API form flyctl reads. */
const lineView = ({ id, at, timestamp, instance, region, provider, level, message, request, error }: Entry) => ({
  id,
  type: 'log',
  attributes: {
    timestamp: stamp(timestamp ?? at),
    message,
    level,
    instance,
    region,
    meta: {
      instance,
      region,
      event: { provider },
      http: {
        request: { id: request?.id ?? '', method: request?.method ?? '', version: request?.version ?? '' },
        response: { status_code: request?.status ?? 0 },
      },
      error: error ?? { code: 0, message: '' },
      url: { full: request?.url ?? '' },
    },
  },
})

function logs({ world, principal, params, query }: Call) {
  const app = appFor(world, principal, params.app ?? '')
  const { next_token: token, instance, region } = parse(Query, query)
  const { lines, next } = readLogs(world, app, { after: token ? BigInt(token) : undefined, instance, region })
  return ok({ data: lines.map(lineView), meta: { next_token: String(next) } })
}

export const logRoutes: Route[] = [{ method: 'GET', path: '/api/v1/apps/:app/logs', handle: logs, unlimited: true }]
