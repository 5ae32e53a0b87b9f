import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { createFaults, type Faults } from './control/faults.ts'
import { controlRoutes } from './control/routes.ts'
import { authenticate } from './http/authenticate.ts'
import { FlyError } from './http/fly-error.ts'
import { createLedger, type Ledger } from './http/ledger.ts'
import { createRateLimiter, limitOf, type RateLimiter } from './http/rate-limit.ts'
import type { Answer, Call, Route } from './http/route.ts'
import { routes } from './routes.ts'
import type { Principal } from './tokens/principal.ts'
import { ulid } from './world/ids.ts'
import type { World } from './world/world.ts'

export interface ServerOptions {
  world: World
  rateLimits: 'documented' | 'off'
  controlToken: string
}

interface Pipeline extends ServerOptions {
  ledger: Ledger
  faults: Faults
  limiter: RateLimiter
  origin: () => string
}

const record = (value: unknown): Record<string, string> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]))
    : {}

/** Reading is free for every token; a read-only one may do nothing else. */
function checkKind({ kind }: Principal, route: Route): void {
  const reads = route.method === 'GET' || route.method === 'HEAD' || route.readOnly
  if (kind === 'readonly' && !reads) throw new FlyError(403, 'unauthorized')
}

const NOBODY: Principal = { id: 'nobody', kind: 'readonly', org: '', owner: 'nobody' }

function admit({ world, rateLimits, limiter }: Pipeline, route: Route, request: FastifyRequest): Principal {
  if (route.open) return NOBODY
  const principal = authenticate(world.tokens, request.headers.authorization, route.path)
  checkKind(principal, route)
  if (rateLimits === 'documented' && !route.unlimited) {
    const { machine, volume, app, org } = record(request.params)
    const identifier = machine ?? volume ?? app ?? org ?? ''
    limiter.take(`${route.method} ${route.path} ${identifier}`, limitOf(route.method, route.path))
  }
  return principal
}

interface Exchange {
  pipeline: Pipeline
  request: FastifyRequest
  reply: FastifyReply
}

function callOf({ pipeline, request, reply }: Exchange, principal: Principal): Call {
  const aborted = new AbortController()
  reply.raw.once('close', () => aborted.abort())
  return {
    world: pipeline.world,
    principal,
    params: record(request.params),
    query: request.query,
    body: request.body,
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
    signal: aborted.signal,
    origin: pipeline.origin(),
  }
}

function refusal(error: unknown): Answer {
  if (error instanceof FlyError) return { status: error.httpStatus, body: error.body }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    return { status: error.statusCode, body: { error: error.message } }
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return { status: 500, body: { error: 'internal server error' } }
}

async function answer(route: Route, exchange: Exchange): Promise<[Answer, string]> {
  const { pipeline, request } = exchange
  pipeline.world.schedule.settle()
  let kind = 'none'
  try {
    const principal = admit(pipeline, route, request)
    kind = route.open ? 'none' : principal.kind
    if (request.body === MALFORMED) throw new FlyError(400, 'invalid request: the body is not JSON')
    return [await route.handle(callOf(exchange, principal)), kind]
  } catch (error) {
    const own = error instanceof FlyError ? route.refuse?.(error) : undefined
    return [own ?? refusal(error), kind]
  }
}

function send(reply: FastifyReply, { status, body, headers }: Answer): void {
  void reply.code(status).headers(headers ?? {})
  if (body === undefined) void reply.send()
  else if (typeof body === 'string') void reply.send(body)
  else void reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
}

function mount(server: FastifyInstance, pipeline: Pipeline, route: Route): void {
  const { world, ledger, faults } = pipeline
  server.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const path = request.url.split('?')[0] ?? ''
      const note = (status: number, token: string) =>
        ledger.add({ at: world.clock.now(), requestId: request.id, method: route.method, path, status, token })
      const fault = await faults.next(route.method, path)
      if (fault?.kind === 'reset') {
        note(0, 'none')
        reply.hijack()
        request.raw.socket.destroy()
        return reply
      }
      const [result, token] = fault
        ? ([fault.answer, 'none'] as const)
        : await answer(route, { pipeline, request, reply })
      note(result.status, token)
      send(reply, result)
      return reply
    },
  })
}

/** Told apart from every value that JSON can say; the token is looked at before anybody complains. */
const MALFORMED = Symbol('not JSON')

function readJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return MALFORMED
  }
}

function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body).trim()
    done(null, readJson(text))
  })
}

/** The whole simulated platform behind one port, not yet listening. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { world } = options
  const server = Fastify({
    logger: false,
    bodyLimit: 32 * 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
    genReqId: () => `${ulid(world.random, world.clock.now())}-sim`,
  })
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('fly-request-id', request.id)
  })
  const origin = () => {
    const address = server.server.address()
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
  }
  const pipeline = {
    ...options,
    ledger: createLedger(),
    faults: createFaults(),
    limiter: createRateLimiter(world.clock),
    origin,
  }
  readBodies(server)
  server.setErrorHandler((error, _request, reply) => send(reply, refusal(error)))
  server.setNotFoundHandler((_request, reply) => send(reply, { status: 404, body: { error: 'not found' } }))
  for (const route of routes) mount(server, pipeline, route)
  controlRoutes(server, pipeline)
  return server
}
