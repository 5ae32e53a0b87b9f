import { z } from 'zod'
import { Flag, parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { makeApp, removeApp } from './app-changes.ts'
import { listApps } from './app-list.ts'
import { appView } from './app-view.ts'
import { appFor } from './find-app.ts'

const CreateApp = z
  .looseObject({
    name: z.string().nullish(),
    // Older samples of the docs call it so.
    app_name: z.string().nullish(),
    org_slug: z.string().min(1),
    network: z.string().nullish(),
    enable_subdomains: z.boolean().nullish(),
    app_role_id: z.string().nullish(),
    idempotency_key: z.string().nullish(),
  })
  .transform(({ name, app_name: old, ...rest }) => ({ ...rest, name: name ?? old ?? '' }))

const CreateQuery = z.looseObject({ wait: Flag.optional() })

function create({ world, principal, query, body }: Call) {
  const wanted = parse(CreateApp, body)
  const atOnce = parse(CreateQuery, query).wait ?? false
  const app = makeApp(
    { world, principal },
    {
      name: wanted.name,
      org: wanted.org_slug,
      network: wanted.network ?? '',
      role: wanted.app_role_id ?? '',
      idempotencyKey: wanted.idempotency_key || undefined,
      atOnce,
    },
  )
  return { status: 201, body: { ...appView(world, app), created_at: app.createdAt } }
}

const DeleteQuery = z.looseObject({ force: Flag.optional() })

function remove({ world, principal, params, query }: Call) {
  parse(DeleteQuery, query)
  removeApp({ world, principal }, params.app ?? '')
  return { status: 202, body: {} }
}

export const appRoutes: Route[] = [
  { method: 'GET', path: '/v1/apps', handle: listApps },
  { method: 'POST', path: '/v1/apps', handle: create },
  {
    method: 'GET',
    path: '/v1/apps/:app',
    handle: (call) => ok(appView(call.world, appFor(call.world, call.principal, call.params.app ?? ''))),
  },
  { method: 'DELETE', path: '/v1/apps/:app', handle: remove },
]
