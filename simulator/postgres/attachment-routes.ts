import { z } from 'zod'
import { isThere } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { type Call, noContent, type Route } from '../http/route.ts'
import { mayUseApp } from '../tokens/principal.ts'
import type { App } from '../world/types.ts'
import { iso } from './cluster-view.ts'
import { attributes, livingCluster } from './find-cluster.ts'
import { noteChange } from './lifecycle.ts'

function appNamed({ world, principal }: Call, name: string): App {
  const app = world.apps.get(name)
  if (!app || !isThere(world, app) || !mayUseApp(principal, app)) throw new FlyError(404, 'App not found')
  return app
}

/** Notes which app uses the cluster. It sets no secret of the app (API description of 2026). */
export function attach(call: Call) {
  const cluster = livingCluster(call)
  const app = appNamed(call, attributes(z.looseObject({ app_name: z.string().min(1) }), call.body).app_name)
  const known = cluster.attachments.get(app.id)
  const at = known ?? call.world.clock.now()
  if (known === undefined) {
    cluster.attachments.set(app.id, at)
    noteChange(call.world, cluster, 'attached', app.name)
  }
  return { app, cluster, at, isNew: known === undefined }
}

function create(call: Call) {
  const { app, cluster, at, isNew } = attach(call)
  const data = { app_name: app.name, postgres_cluster_id: cluster.id, attached_at: iso(at) }
  return { status: isNew ? 201 : 200, body: { data } }
}

export function detach(call: Call) {
  const cluster = livingCluster(call)
  const app = appNamed(call, call.params.attached ?? '')
  if (!cluster.attachments.delete(app.id)) throw new FlyError(404, 'Attachment not found')
  noteChange(call.world, cluster, 'detached', app.name)
  return noContent
}

const ATTACHMENTS = '/v1/postgres/:cluster/attachments'

export const attachmentRoutes: Route[] = [
  { method: 'POST', path: ATTACHMENTS, handle: create },
  { method: 'DELETE', path: `${ATTACHMENTS}/:attached`, handle: detach },
]
