import { findOrganization } from '../apps/find-app.ts'
import { createRandom, hash } from '../world/random.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Cluster } from './clusters.ts'
import { PLANS } from './plans.ts'

export const iso = (time: number) => new Date(time).toISOString()

const GIGABYTE = 1024 ** 3
/** Storage is measured once in this many milliseconds: hourly (API description of 2026). */
const MEASURED_EVERY = 3_600_000
/** A standby beside the primary: a guess for all plans, the description shows it for one. */
export const REPLICAS = 1

export const attachedApps = ({ apps }: World, { attachments }: Cluster) =>
  [...apps.values()].filter(({ id }) => attachments.has(id))

const names = (apps: readonly App[]) => apps.map(({ name }) => ({ name }))

function storage(world: World, { id, readyAt, diskSizeGb }: Cluster) {
  if (readyAt === undefined || world.clock.now() - readyAt < MEASURED_EVERY) {
    return { storage_provisioned_bytes: null, storage_used_bytes: null }
  }
  const provisioned = diskSizeGb * GIGABYTE * (REPLICAS + 1)
  const used = Math.floor(provisioned * (0.05 + 0.5 * createRandom(hash(`${world.seed} storage ${id}`)).next()))
  return { storage_provisioned_bytes: provisioned, storage_used_bytes: used }
}

/** Known once the cluster is ready. */
function endpoints({ id, status }: Cluster) {
  if (status !== 'ready') return {}
  const at = (name: string) => ({ host: `${name}.${id}.flympg.net`, port: 5432 })
  return { endpoints: { primary: { direct: at('direct'), pooler: at('pgbouncer') } } }
}

export function clusterView(world: World, cluster: Cluster) {
  const { cpuKind, cpus, memoryMb } = PLANS[cluster.plan]
  const organization = findOrganization(world, cluster.org)
  return {
    id: cluster.id,
    name: cluster.name,
    status: cluster.status,
    region: cluster.region,
    plan: cluster.plan,
    disk_size_gb: cluster.diskSizeGb,
    cpus,
    cpu_kind: cpuKind,
    memory_mb: memoryMb,
    replicas: REPLICAS,
    pg_major_version: cluster.pgMajorVersion,
    postgis_enabled: cluster.postgisEnabled,
    pool_mode: cluster.poolMode,
    ...endpoints(cluster),
    ...storage(world, cluster),
    organization: { name: organization?.name ?? '', slug: organization?.slug ?? '' },
    created_at: iso(cluster.createdAt),
    attached_apps: names(attachedApps(world, cluster)),
  }
}

export const clusterSummary = (world: World, cluster: Cluster) => ({
  id: cluster.id,
  name: cluster.name,
  status: cluster.status,
  region: cluster.region,
  plan: cluster.plan,
  created_at: iso(cluster.createdAt),
  ...(cluster.deletedAt === undefined ? {} : { deleted_at: iso(cluster.deletedAt) }),
  attached_apps: names(attachedApps(world, cluster)),
})
