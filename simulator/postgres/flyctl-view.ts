import { findOrganization } from '../apps/find-app.ts'
import { createRandom, hash } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { attachedApps, iso, REPLICAS } from './cluster-view.ts'
import type { Backup, Cluster } from './clusters.ts'
import { passwordOf } from './user-routes.ts'

/** An address in the network of the organisation. */
function directAddress({ seed }: World, { id }: Cluster): string {
  const random = createRandom(hash(`${seed} address ${id}`))
  return `fdaa:2:${random.hex(4)}:0:1::${random.hex(2)}`
}

/** A cluster as the REST of flyctl has it. */
export function managedCluster(world: World, cluster: Cluster) {
  const organization = findOrganization(world, cluster.org)
  return {
    id: cluster.id,
    mpgd_cluster_id: cluster.id,
    version: 2,
    name: cluster.name,
    status: cluster.status,
    engine: 'postgres',
    plan: cluster.plan,
    region: cluster.region,
    organization: { id: organization?.id ?? '', name: organization?.name ?? '', slug: organization?.slug ?? '' },
    disk: cluster.diskSizeGb,
    replicas: REPLICAS,
    ip_assignments: { direct: directAddress(world, cluster) },
    attached_apps: attachedApps(world, cluster).map(({ name, numericId }) => ({ name, id: numericId })),
    postgis_enabled: cluster.postgisEnabled,
  }
}

/** How the first user connects, once there is one. */
export function credentialsOf(world: World, cluster: Cluster) {
  const [user] = cluster.users.values()
  const [dbname = ''] = cluster.databases.keys()
  if (!user || cluster.status !== 'ready') return { status: 'initializing' }
  const password = passwordOf(world, cluster, user)
  const uri = `postgresql://${user.username}:${password}@pgbouncer.${cluster.id}.flympg.net/${dbname}`
  return { status: 'ready', user: user.username, password, dbname, pgbouncer_uri: uri }
}

export const backupRow = ({ id, type, startedAt, finishedAt }: Backup) => ({
  id,
  type,
  status: finishedAt === undefined ? 'in_progress' : 'completed',
  start: iso(startedAt),
  stop: finishedAt === undefined ? '' : iso(finishedAt),
})
