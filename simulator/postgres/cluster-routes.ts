import { z } from 'zod'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { Flag } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { hasPostgres, REGIONS } from '../platform/regions.ts'
import { machineName } from '../world/ids.ts'
import type { World } from '../world/world.ts'
import { clusterSummary, clusterView } from './cluster-view.ts'
import type { Cluster } from './clusters.ts'
import { attributes, clusterFor, livingCluster, organizationFor } from './find-cluster.ts'
import { beginDelete, provision } from './lifecycle.ts'
import { ClusterName, newClusterId } from './names.ts'
import { planNamed } from './plans.ts'

const Owned = z.looseObject({ org_slug: z.string().min(1) })

/** Postgres tells this one with a 400 and everything else with a 422. */
function ownerOf(value: unknown): string {
  const owned = Owned.safeParse(value ?? {})
  if (!owned.success) throw badRequest('org_slug is required and must be a string')
  return owned.data.org_slug
}

function list(call: Call) {
  const { world, query } = call
  const organization = organizationFor(call, ownerOf(query))
  const { include_deleted: all } = attributes(z.looseObject({ include_deleted: Flag.optional() }), query)
  const clusters = [...world.postgres.values()].filter(
    ({ org, status }) => org === organization.rawSlug && (all || status !== 'deleted'),
  )
  return ok({ data: clusters.map((cluster) => clusterSummary(world, cluster)) })
}

const canHost = (code: string) => REGIONS.some((region) => region.code === code && hasPostgres(region))

export const Create = z.looseObject({
  name: ClusterName.nullish(),
  region: z.string().refine(canHost, { error: 'has no Managed Postgres' }),
  plan: z
    .string()
    .transform(planNamed)
    .refine((plan) => plan !== undefined, { error: 'is not a plan' }),
  disk_size_gb: z.int().min(10).max(1000).nullish(),
  pg_major_version: z.enum(['16', '17']).nullish(),
  pool_mode: z.enum(['session', 'transaction']).nullish(),
  postgis_enabled: z.boolean().nullish(),
})

export function createCluster(world: World, org: string, wanted: z.infer<typeof Create>): Cluster {
  const cluster: Cluster = {
    id: newClusterId(world.random),
    name: wanted.name ?? machineName(world.random),
    org,
    region: wanted.region,
    plan: wanted.plan ?? 'basic',
    diskSizeGb: wanted.disk_size_gb ?? 10,
    pgMajorVersion: wanted.pg_major_version ?? '17',
    poolMode: wanted.pool_mode ?? 'transaction',
    postgisEnabled: wanted.postgis_enabled ?? false,
    status: 'creating',
    createdAt: world.clock.now(),
    databases: new Map(),
    users: new Map(),
    backups: [],
    attachments: new Map(),
  }
  provision(world, cluster)
  return cluster
}

function create(call: Call) {
  const { world, body } = call
  const { rawSlug } = organizationFor(call, ownerOf(body))
  return { status: 201, body: { data: clusterView(world, createCluster(world, rawSlug, attributes(Create, body))) } }
}

function remove(call: Call) {
  beginDelete(call.world, livingCluster(call))
  return { status: 202, body: {} }
}

/** A new cluster with the settings and the content of another. */
function copyOf({ world }: Call, source: Cluster, name: string): Cluster {
  const databases = [...source.databases].map(([key, { schemas, extensions, ...rest }]) => {
    const copy = { ...rest, schemas: new Set(schemas), extensions: new Map(extensions) }
    return [key, copy] as const
  })
  const { readyAt: _readyAt, ...settings } = source
  return {
    ...settings,
    id: newClusterId(world.random),
    name,
    status: 'creating',
    createdAt: world.clock.now(),
    databases: new Map(databases),
    users: new Map([...source.users].map(([key, user]) => [key, { ...user }])),
    backups: [],
    attachments: new Map(),
  }
}

function fork(call: Call) {
  const source = livingCluster(call)
  const { name } = attributes(z.looseObject({ name: ClusterName.nullish() }), call.body)
  if (source.status !== 'ready') throw new FlyError(409, 'The source cluster is not ready to be forked yet')
  const made = copyOf(call, source, name ?? `${source.name}-fork`)
  provision(call.world, made)
  return { status: 201, body: { data: clusterView(call.world, made) } }
}

const Restore = z
  .looseObject({
    name: z.union([z.literal(''), ClusterName]).nullish(),
    backup_id: z.string().nullish(),
    pitr_time: z.iso.datetime({ offset: true }).nullish(),
  })
  .refine(({ backup_id: backup, pitr_time: time }) => backup || time, { error: 'a restore target is missing' })
  .refine(({ backup_id: backup, pitr_time: time }) => !backup || !time, {
    error: 'backup_id and pitr_time are mutually exclusive',
  })

/** What a restored cluster is called when nobody says; refused when there is nothing to restore from. */
function restoredName(call: Call, { id, name, backups }: Cluster, target: z.infer<typeof Restore>): string {
  if (target.backup_id) {
    const backup = backups.find((known) => known.id === target.backup_id)
    if (!backup) throw new FlyError(404, `Backup ${target.backup_id} not found for cluster ${id}`)
    if (backup.finishedAt === undefined) throw badRequest('Restore failed: the backup is still running')
    return `${name}-${backup.id.toLowerCase()}`
  }
  const time = Date.parse(target.pitr_time ?? '')
  const earliest = backups.findLast(({ finishedAt }) => finishedAt !== undefined)?.finishedAt
  if (earliest === undefined || time < earliest || time > call.world.clock.now()) {
    throw new FlyError(422, 'pitr_time is outside of the recovery window')
  }
  return `${name}-pitr`
}

export function restoreCluster(call: Call): Cluster {
  const source = clusterFor(call)
  const target = attributes(Restore, call.body)
  const made = copyOf(call, source, target.name || restoredName(call, source, target))
  provision(call.world, made)
  return made
}

const CLUSTER = '/v1/postgres/:cluster'

export const clusterRoutes: Route[] = [
  { method: 'GET', path: '/v1/postgres', handle: list },
  { method: 'POST', path: '/v1/postgres', handle: create },
  { method: 'GET', path: CLUSTER, handle: (call) => ok({ data: clusterView(call.world, clusterFor(call)) }) },
  { method: 'DELETE', path: CLUSTER, handle: remove },
  { method: 'POST', path: `${CLUSTER}/fork`, handle: fork },
  {
    method: 'POST',
    path: `${CLUSTER}/restore`,
    handle: (call) => ({ status: 201, body: { data: clusterView(call.world, restoreCluster(call)) } }),
  },
]
