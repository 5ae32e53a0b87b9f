import { z } from 'zod'
import { forbidden } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { makeApp, removeApp } from './app-changes.ts'
import { appView } from './app-view.ts'
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

const CreateQuery = z.looseObject({ wait: z.string().optional() })

function create({ world, principal, query, body }: Call) {
  const { name, org_slug: org, network = '', app_role_id: role = '' } = parse(CreateApp, body)
  const atOnce = parse(CreateQuery, query).wait === 'true'
  const app = makeApp({ world, principal }, { name, org, network, role, atOnce })
  return { status: 201, body: { ...appView(world, app), created_at: app.createdAt } }
}

const DeleteQuery = z.looseObject({ force: z.string().optional() })

function remove({ world, principal, params, query }: Call) {
  parse(DeleteQuery, query)
  removeApp({ world, principal }, params.app ?? '')
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
