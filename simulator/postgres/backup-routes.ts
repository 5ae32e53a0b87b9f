import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { iso } from './cluster-view.ts'
import type { Backup } from './clusters.ts'
import { attributes, clusterFor } from './find-cluster.ts'
import { beginBackup } from './lifecycle.ts'

const view = ({ id, type, startedAt, finishedAt, sizeBytes }: Backup) => ({
  id,
  type,
  status: finishedAt === undefined ? 'running' : 'completed',
  started_at: iso(startedAt),
  ...(finishedAt === undefined ? {} : { finished_at: iso(finishedAt), size_bytes: sizeBytes }),
})

const list = (call: Call) => ok({ data: clusterFor(call).backups.map(view) })

export function createBackup(call: Call) {
  const cluster = clusterFor(call)
  const { type } = attributes(z.looseObject({ type: z.enum(['full', 'incr', 'diff']) }), call.body)
  const running = cluster.backups.some(({ finishedAt }) => finishedAt === undefined)
  if (running || cluster.status !== 'ready') throw new FlyError(409, 'A backup is currently running')
  beginBackup(call.world, cluster, type)
  return { status: 202, body: {} }
}

const BACKUPS = '/v1/postgres/:cluster/backups'

export const backupRoutes: Route[] = [
  { method: 'GET', path: BACKUPS, handle: list },
  { method: 'POST', path: BACKUPS, handle: createBackup },
]
