import { z } from 'zod'
import { FlyError, forbidden } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { appView } from './app-view.ts'
import { createApp } from './create-app.ts'
import { deleteApp } from './delete-app.ts'
import { appFor, organizationFor } from './find-app.ts'

const ListQuery = z.looseObject({ org_slug: z.string().min(1), app_role: z.string().optional() })

function list(call: Call) {
  const { world, principal } = call
  const query = parse(ListQuery, call.query)
  const organization = organizationFor(world, principal, query.org_slug)
  if (principal.kind === 'deploy') throw forbidden()
  const apps = [...world.apps.values()].filter(
    ({ org, role }) => org === organization.rawSlug && (query.app_role === undefined || role === query.app_role),
  )
  return ok({ total_apps: apps.length, apps: apps.map((app) => appView(world, app)) })
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const CreateApp = z
  .looseObject({
    name: z.string().optional(),
    // Older samples of the docs call it so.
    app_name: z.string().optional(),
    org_slug: z.string().min(1),
    network: z.string().optional(),
    app_role_id: z.string().optional(),
  })
  .transform(({ name, app_name: old, ...rest }) => ({ ...rest, name: name ?? old ?? '' }))

function create({ world, principal, body }: Call) {
  const { name, org_slug: slug, network = 'default', app_role_id: role = '' } = parse(CreateApp, body)
  if (principal.kind === 'deploy') throw forbidden()
  const organization = organizationFor(world, principal, slug)
  if (!NAME.test(name)) {
    throw new FlyError(422, 'Validation failed: Name may only contain numbers, lowercase letters and dashes')
  }
  if (world.apps.has(name)) {
    throw new FlyError(422, 'Validation failed: Name has already been taken', { status: 'name_taken' })
  }
  const app = createApp(world, { name, org: organization.rawSlug, network: network || 'default', role })
  return { status: 201, body: { id: app.id, created_at: app.createdAt } }
}

const DeleteQuery = z.looseObject({ force: z.string().optional() })

function remove(call: Call) {
  const { world, principal, params } = call
  const app = appFor(world, principal, params.app ?? '')
  if (principal.kind === 'deploy') throw forbidden()
  parse(DeleteQuery, call.query)
  deleteApp(world, app)
  return { status: 202, body: {} }
}

export const appRoutes: Route[] = [
  { method: 'GET', path: '/v1/apps', handle: list },
  { method: 'POST', path: '/v1/apps', handle: create },
  {
    method: 'GET',
    path: '/v1/apps/:app',
    handle: (call) => ok(appView(call.world, appFor(call.world, call.principal, call.params.app ?? ''))),
  },
  { method: 'DELETE', path: '/v1/apps/:app', handle: remove },
]
