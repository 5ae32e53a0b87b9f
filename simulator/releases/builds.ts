import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'

const Create = z.looseObject({ app_name: z.string().min(1), builder_type: z.string().optional() })

function create({ world, principal, body }: Call) {
  const { app_name: name } = parse(Create, body)
  const app = appFor(world, principal, name)
  const id = String(world.random.int(1_000_000, 9_999_999))
  world.builds.set(id, { id, app: app.name, status: 'started', createdAt: world.clock.now() })
  return ok({ id: Number(id), status: 'started', wallclock_time_ms: 0 })
}

const Finish = z.looseObject({
  build_id: z.union([z.string(), z.number()]).transform(String),
  app_name: z.string().min(1),
  status: z.string().default('completed'),
})

function finish({ world, principal, body }: Call) {
  const { build_id: id, app_name: name, status } = parse(Finish, body)
  appFor(world, principal, name)
  const build = world.builds.get(id)
  if (!build || build.app !== name) throw new FlyError(404, 'build not found')
  build.status = status
  return ok({ id: Number(id), status, wallclock_time_ms: world.clock.now() - build.createdAt })
}

export const buildRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/builds', handle: create, unlimited: true },
  { method: 'POST', path: '/api/v1/builds/finish', handle: finish, unlimited: true },
]
