import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Faults } from '../control/faults.ts'
import { authorize, requestOf } from '../tokens/authorize.ts'
import { NOBODY, type Principal } from '../tokens/principal.ts'
import type { World } from '../world/world.ts'
import { authenticate } from './authenticate.ts'
import { FlyError } from './fly-error.ts'
import { limitOf, type RateLimiter } from './rate-limit.ts'
import { MALFORMED } from './read-body.ts'
import type { Answer, Call, Route } from './route.ts'

/** What every request passes through. */
export interface Pipeline {
  world: World
  faults: Faults
  limiter: RateLimiter
  /** `http://127.0.0.1:port`; empty while nothing listens. */
  origin: () => string
}

export interface Exchange {
  pipeline: Pipeline
  request: FastifyRequest
  reply: FastifyReply
  /** Aborts when the caller hangs up. */
  signal: AbortSignal
}

const record = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]))
    : {}

function admit({ world, limiter }: Pipeline, route: Route, request: FastifyRequest): Principal {
  if (route.open) return NOBODY
  const params = record(request.params)
  const principal = authenticate(world, {
    header: request.headers.authorization,
    path: route.path,
    request: requestOf(route, params, request.body),
  })
  authorize(world, principal, route, params)
  if (!route.unlimited) {
    const { machine, volume, cluster, app, org } = params
    const identifier = machine ?? volume ?? cluster ?? app ?? org ?? ''
    limiter.take(`${route.method} ${route.path} ${identifier}`, limitOf(route.method, route.path))
  }
  return principal
}

const callOf = ({ pipeline, request, signal }: Exchange, principal: Principal): Call => ({
  world: pipeline.world,
  principal,
  params: record(request.params),
  query: request.query,
  body: request.body,
  header: (name) => {
    const value = request.headers[name]
    return Array.isArray(value) ? value[0] : value
  },
  signal,
  origin: pipeline.origin(),
})

export function refusal(error: unknown): Answer {
  if (error instanceof FlyError) return { status: error.httpStatus, body: error.body, headers: error.headers }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    return { status: error.statusCode, body: { error: error.message } }
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return { status: 500, body: { error: 'internal server error' } }
}

/** The answer of a route, and the kind of token that asked. Its effects carry the id of the request. */
export async function answer(route: Route, exchange: Exchange): Promise<[Answer, string]> {
  const { pipeline, request } = exchange
  const { schedule, effects } = pipeline.world
  schedule.settle()
  let kind = 'none'
  try {
    const principal = admit(pipeline, route, request)
    kind = route.open ? 'none' : principal.kind
    if (request.body === MALFORMED) throw new FlyError(400, 'invalid request: the body is not JSON')
    return [await effects.causedBy(request.id, () => route.handle(callOf(exchange, principal))), kind]
  } catch (error) {
    const own = error instanceof FlyError ? route.refuse?.(error) : undefined
    return [own ?? refusal(error), kind]
  } finally {
    // What is due at once is done, and whoever waits sees it.
    schedule.settle()
  }
}
