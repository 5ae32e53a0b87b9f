import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { Build } from '../world/types.ts'
import { createBuild, finishBuild, wallclock } from './builds.ts'

const Create = z.looseObject({
  app_name: z.string().min(1),
  builder_type: z.string().default(''),
  machine_id: z.string().optional(),
  strategies_available: z.array(z.string()).default([]),
})

const view = (build: Build) => ({ id: Number(build.id), status: build.status, wallclock_time_ms: wallclock(build) })

function create({ world, principal, body }: Call) {
  const { app_name: name, builder_type: type, machine_id: machineId, ...rest } = parse(Create, withoutNulls(body))
  const app = appFor(world, principal, name)
  return ok(
    view(
      createBuild(world, app, {
        builderType: type,
        strategiesAvailable: rest.strategies_available,
        user: principal.owner,
        ...(machineId ? { machineId } : {}),
      }),
    ),
  )
}

const Attempt = z.looseObject({
  strategy: z.string(),
  result: z.string(),
  error: z.string().default(''),
  note: z.string().default(''),
})
const Finish = z.looseObject({
  build_id: z.union([z.string(), z.number()]).transform(String),
  app_name: z.string().min(1),
  machine_id: z.string().optional(),
  status: z.string().default('completed'),
  strategies_attempted: z.array(Attempt).default([]),
  builder_meta: z.record(z.string(), z.unknown()).optional(),
  final_image: z.record(z.string(), z.unknown()).optional(),
  timings: z.record(z.string(), z.number()).optional(),
  logs: z.string().default(''),
})

function finish({ world, principal, body }: Call) {
  const end = parse(Finish, withoutNulls(body))
  const build = finishBuild(world, appFor(world, principal, end.app_name), end.build_id, {
    status: end.status,
    machineId: end.machine_id,
    strategiesAttempted: end.strategies_attempted,
    builderMeta: end.builder_meta,
    finalImage: end.final_image,
    timings: end.timings,
    logs: end.logs,
  })
  return ok(view(build))
}

export const buildRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/builds', handle: create, unlimited: true },
  { method: 'POST', path: '/api/v1/builds/finish', handle: finish, unlimited: true },
]
