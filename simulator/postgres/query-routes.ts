import { z } from 'zod'
import { type Call, ok, type Route } from '../http/route.ts'
import { createRandom, hash } from '../world/random.ts'
import { attributes, readyCluster } from './find-cluster.ts'

/** What a web app of the demo asks its database. */
const STATEMENTS = [
  'SELECT * FROM sessions WHERE token = $1',
  'SELECT id, name FROM workspaces WHERE owner_id = $1 ORDER BY updated_at DESC LIMIT $2',
  'UPDATE workspaces SET last_seen_at = now() WHERE id = $1',
  'INSERT INTO events (workspace_id, kind, payload) VALUES ($1, $2, $3)',
  "SELECT count(*) FROM events WHERE created_at > now() - interval '1 day'",
  'DELETE FROM sessions WHERE expires_at < now()',
] as const

const Database = z.looseObject({ database: z.string().trim().min(1, 'must be a non-empty string') })

/** Nobody can really connect: what runs is made up from the seed, the cluster and the minute. */
function active(call: Call) {
  const cluster = readyCluster(call)
  const { database } = attributes(Database, call.query)
  if (!cluster.databases.has(database)) return ok({ data: [] })
  const minute = Math.floor(call.world.clock.now() / 60_000)
  const random = createRandom(hash(`${call.world.seed} active ${cluster.id} ${database} ${minute}`))
  const rows = Array.from({ length: random.int(0, 3) }, () => {
    const seconds = random.int(1, 4_000) / 1000
    return {
      pid: random.int(400, 32_000),
      database,
      user: [...cluster.users.keys()][0] ?? 'fly-user',
      application_name: 'web',
      client: `fdaa:2::${random.hex(4)}:${random.hex(4)}`,
      query: random.pick(STATEMENTS),
      state: 'active',
      duration_seconds: seconds,
      state_duration_seconds: seconds,
      wait_event: 'ClientRead',
      wait_event_type: 'Client',
    }
  })
  return ok({ data: rows })
}

const Range = z.looseObject({ range: z.coerce.number().int().min(1).max(604_800).default(3600) })
/** The most rows there are. */
const TOP = 20

/** Counters that only rise, as long as the cluster lives. */
function slow(call: Call) {
  const cluster = readyCluster(call)
  attributes(Range, call.query)
  const seconds = (call.world.clock.now() - (cluster.readyAt ?? 0)) / 1000
  const rows = [...cluster.databases.keys()].flatMap((database) =>
    STATEMENTS.map((query) => {
      const random = createRandom(hash(`${call.world.seed} slow ${cluster.id} ${database} ${query}`))
      const mean = random.int(1, 90) / 1000
      const calls = Math.floor((seconds * random.int(1, 40)) / 60)
      return {
        query_id: String(hash(query)),
        database,
        user: 'fly-user',
        query,
        calls,
        total_exec_time_seconds: calls * mean,
        mean_exec_time_seconds: mean,
        max_exec_time_seconds: mean * random.int(2, 12),
      }
    }),
  )
  return ok({ data: rows.sort((a, b) => b.total_exec_time_seconds - a.total_exec_time_seconds).slice(0, TOP) })
}

export const queryRoutes: Route[] = [
  { method: 'GET', path: '/v1/postgres/:cluster/queries/active', handle: active },
  { method: 'GET', path: '/v1/postgres/:cluster/queries/slow', handle: slow },
]
