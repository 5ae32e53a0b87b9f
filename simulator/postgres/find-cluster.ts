import type { z } from 'zod'
import { findOrganization } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import type { Call } from '../http/route.ts'
import { seesOrganization } from '../tokens/principal.ts'
import type { Organization } from '../world/types.ts'
import type { Cluster, Database, PostgresUser } from './clusters.ts'

/** An organisation the caller sees. Postgres does not tell a foreign one from a missing one. */
export function organizationFor({ world, principal }: Call, slug: string): Organization {
  const found = findOrganization(world, slug)
  if (!found || !seesOrganization(principal, found)) throw new FlyError(404, 'Organization not found')
  return found
}

/** The cluster a path names, whatever its status. */
function anyCluster(call: Call): Cluster {
  const { world, principal, params } = call
  const cluster = world.postgres.get(params.cluster ?? '')
  const organization = findOrganization(world, cluster?.org ?? '')
  if (!cluster || !organization || !seesOrganization(principal, organization)) {
    throw new FlyError(404, 'Cluster not found')
  }
  return cluster
}

/** One that is there: a deleted one is 404. */
export function clusterFor(call: Call): Cluster {
  const cluster = anyCluster(call)
  if (cluster.status === 'deleted') throw new FlyError(404, 'Cluster not found')
  return cluster
}

/** One that is not on its way out: 410 tells which. */
export function livingCluster(call: Call): Cluster {
  const cluster = anyCluster(call)
  if (cluster.status === 'deleted') throw new FlyError(410, 'This cluster has been deleted')
  if (cluster.status === 'deleting') throw new FlyError(410, 'This cluster is being deleted')
  return cluster
}

/** Seconds to wait for a cluster that is not ready. */
const RETRY_AFTER = '5'

/** One whose databases can be reached: until it is ready, what administers them is not there. */
export function readyCluster(call: Call): Cluster {
  const cluster = clusterFor(call)
  if (cluster.status === 'ready') return cluster
  throw new FlyError(503, 'pg-admin is unavailable', {}, { 'retry-after': RETRY_AFTER })
}

export function databaseFor(call: Call, cluster: Cluster): Database {
  const found = cluster.databases.get(call.params.database ?? '')
  if (!found) throw new FlyError(404, 'Database not found')
  return found
}

export function userFor(call: Call, cluster: Cluster): PostgresUser {
  const found = cluster.users.get(call.params.username ?? '')
  if (!found) throw new FlyError(404, 'User not found')
  return found
}

/** What came in, checked; otherwise a 422 that names the field. */
export function attributes<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value ?? {})
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new FlyError(422, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is invalid'}`)
}
