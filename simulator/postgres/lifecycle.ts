import { scaledDelay } from '../world/delay.ts'
import type { World } from '../world/world.ts'
import type { BackupType, Cluster, Database } from './clusters.ts'
import { type Extension, extension, extensionNames } from './extension-catalogue.ts'

/** Milliseconds of each step. Fly provisions in some minutes; nobody here should wait that long. */
const DELAYS = {
  create: { from: 2_000, to: 5_000 },
  initialize: { from: 4_000, to: 9_000 },
  delete: { from: 3_000, to: 6_000 },
  backup: { from: 5_000, to: 12_000 },
}

function later(world: World, step: keyof typeof DELAYS, run: () => void): void {
  world.schedule.after(scaledDelay(world, DELAYS[step]), run)
}

export const noteChange = (world: World, { id }: Cluster, change: string, to: string) =>
  world.effects.add({ kind: 'postgres', id, change, to })

function become(world: World, cluster: Cluster, status: Cluster['status']): void {
  world.effects.add({ kind: 'postgres', id: cluster.id, change: 'state', from: cluster.status, to: status })
  cluster.status = status
}

const SYSTEM = (): [Extension, string][] =>
  extensionNames().flatMap((name): [Extension, string][] =>
    extension(name).system ? [[name, name === 'plpgsql' ? 'pg_catalog' : 'public']] : [],
  )

export const newDatabase = (name: string): Database => ({
  name,
  schemas: new Set(['public']),
  extensions: new Map(SYSTEM()),
})

/** creating → initializing → ready, with the user and database every new cluster has (Fly docs, Managed Postgres). */
export function provision(world: World, cluster: Cluster): void {
  world.postgres.set(cluster.id, cluster)
  world.effects.add({ kind: 'postgres', id: cluster.id, change: 'created' })
  later(world, 'create', () => {
    if (cluster.status !== 'creating') return
    become(world, cluster, 'initializing')
    later(world, 'initialize', () => finishProvision(world, cluster))
  })
}

function finishProvision(world: World, cluster: Cluster): void {
  if (cluster.status !== 'initializing') return
  become(world, cluster, 'ready')
  cluster.readyAt = world.clock.now()
  if (cluster.databases.size === 0) cluster.databases.set('fly-db', newDatabase('fly-db'))
  if (cluster.users.size === 0) {
    cluster.users.set('fly-user', { username: 'fly-user', role: 'schema_admin', rotations: 0 })
  }
  beginBackup(world, cluster, 'full')
}

export function beginDelete(world: World, cluster: Cluster): void {
  become(world, cluster, 'deleting')
  later(world, 'delete', () => {
    become(world, cluster, 'deleted')
    cluster.deletedAt = world.clock.now()
    cluster.attachments.clear()
  })
}

const LETTER: Record<BackupType, string> = { full: 'F', incr: 'I', diff: 'D' }

/** `20261121-120000F`; those that build on a full one carry its label in front (pgBackRest). */
function backupLabel({ backups }: Cluster, type: BackupType, now: number): string {
  const text = new Date(now).toISOString()
  const own = `${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, 19).replaceAll(':', '')}${LETTER[type]}`
  const base = backups.find((backup) => backup.type === 'full')
  return type === 'full' || !base ? own : `${base.id}_${own}`
}

export function beginBackup(world: World, cluster: Cluster, type: BackupType): void {
  const now = world.clock.now()
  const backup = {
    id: backupLabel(cluster, type, now),
    type,
    startedAt: now,
    sizeBytes: Math.floor(world.random.int(20, 60) * 1e6 * (type === 'full' ? 1 : 0.1)),
  }
  cluster.backups = [backup, ...cluster.backups]
  noteChange(world, cluster, 'backup', backup.id)
  later(world, 'backup', () => Object.assign(backup, { finishedAt: world.clock.now() }))
}
