import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { FlyError, forbidden } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { mayUseApp } from '../tokens/principal.ts'
import { createRelease, findRelease, releaseView, updateRelease } from './releases.ts'

const Limit = z.looseObject({ limit: z.coerce.number().int().min(1).max(200).default(25) })

function list({ world, principal, params, query }: Call) {
  const app = appFor(world, principal, params.app ?? '')
  return ok({ releases: app.releases.slice(0, parse(Limit, query).limit).map(releaseView) })
}

function current({ world, principal, params }: Call) {
  const [release] = appFor(world, principal, params.app ?? '').releases
  if (!release) throw new FlyError(404, 'the app has no release')
  return ok(releaseView(release))
}

/** When each app was last released. */
function allCurrent({ world, principal }: Call) {
  const visible = [...world.apps.values()].filter((app) => mayUseApp(principal, app))
  const times = visible.flatMap(({ name, releases: [release] }) =>
    release ? [[name, new Date(release.createdAt).toISOString()] satisfies [string, string]] : [],
  )
  return ok(Object.fromEntries(times))
}

const Create = z.looseObject({
  app_name: z.string().min(1),
  build_id: z.union([z.string(), z.number(), z.null()]).optional(),
  definition: z.unknown().optional(),
  image: z.string().min(1),
  // The names of the GraphQL enum, which flyctl writes in capitals.
  strategy: z
    .string()
    .default('rolling')
    .transform((word) => word.toLowerCase())
    .pipe(z.enum(['bluegreen', 'canary', 'immediate', 'rolling', 'rolling_one', 'simple'])),
})

function create({ world, principal, body }: Call) {
  const { app_name: name, image, strategy, definition = null } = parse(Create, body)
  const app = appFor(world, principal, name)
  const release = createRelease(world, app, { image, strategy, definition, user: principal.owner })
  return { status: 201, body: { release: releaseView(release) } }
}

const Update = z.looseObject({
  status: z.enum(['pending', 'running', 'complete', 'failed', 'interrupted']).nullish(),
  metadata: z.unknown().optional(),
})

function update({ world, principal, params, body }: Call) {
  const { app, release } = findRelease(world, params.release ?? '')
  if (!mayUseApp(principal, app)) throw forbidden()
  updateRelease(world, release, parse(Update, body))
  return ok(releaseView(release))
}

export const releaseRoutes: Route[] = [
  { method: 'GET', path: '/api/v1/apps/:app/releases', handle: list, unlimited: true },
  { method: 'GET', path: '/api/v1/apps/:app/releases/current', handle: current, unlimited: true },
  { method: 'GET', path: '/api/v1/releases/all_current', handle: allCurrent, unlimited: true },
  { method: 'POST', path: '/api/v1/releases', handle: create, unlimited: true },
  { method: 'PATCH', path: '/api/v1/releases/:release', handle: update, unlimited: true },
]
