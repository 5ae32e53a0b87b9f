import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { createFaults, type Strike } from './control/faults.ts'
import { controlRoutes } from './control/routes.ts'
import { deliver, send } from './http/deliver.ts'
import { answer, type Pipeline, refusal } from './http/pipeline.ts'
import { createRateLimiter, type RateLimits } from './http/rate-limit.ts'
import { readBodies } from './http/read-body.ts'
import { requestId } from './http/request-id.ts'
import type { Answer, Route } from './http/route.ts'
import { terminalRoutes } from './public/terminal.ts'
import { routes } from './routes.ts'
import { acceptTunnels } from './ssh/tunnel.ts'
import type { World } from './world/world.ts'

export interface ServerOptions {
  world: World
  rateLimits: RateLimits
  controlToken: string
}

function abortedBy(reply: FastifyReply): AbortSignal {
  const aborted = new AbortController()
  reply.raw.once('close', () => aborted.abort())
  return aborted.signal
}

const UNHARMED: Strike = { deed: { kind: 'none' }, committed: true, delayMs: 0 }
/** Stands where a request never came to its route. */
const UNHEARD: [Answer, string] = [{ status: 0 }, 'none']

async function exchange(pipeline: Pipeline, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { world, faults } = pipeline
  const path = request.url.split('?')[0] ?? ''
  const signal = abortedBy(reply)
  const { deed, committed, delayMs } = faults.next(route.method, path) ?? UNHARMED
  if (delayMs > 0) await world.schedule.until(() => false, { deadline: world.clock.now() + delayMs, signal })
  const heard = committed || deed.kind === 'none'
  const [result, token] = heard ? await answer(route, { pipeline, request, reply, signal }) : UNHEARD
  const status = deliver(reply, deed, result)
  const fault = deed.kind === 'none' ? {} : { fault: deed.kind }
  world.ledger.add({
    at: world.clock.now(),
    requestId: request.id,
    method: route.method,
    path,
    status,
    token,
    ...fault,
  })
}

function mount(server: FastifyInstance, pipeline: Pipeline, route: Route): void {
  server.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    handler: async (request, reply) => {
      await exchange(pipeline, route, request, reply)
      return reply
    },
  })
}

/** The whole simulated platform behind one port, not yet listening. */
export function createServer({ world, rateLimits, controlToken }: ServerOptions): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: 32 * 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
    genReqId: () => requestId(world),
  })
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('fly-request-id', request.id)
  })
  const origin = () => {
    const address = server.server.address()
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
  }
  const pipeline: Pipeline = {
    world,
    faults: createFaults(world.seed),
    limiter: createRateLimiter(world.clock, rateLimits),
    origin,
  }
  readBodies(server)
  acceptTunnels(server.server, pipeline)
  terminalRoutes(server, pipeline)
  server.setErrorHandler((error, _request, reply) => send(reply, refusal(error)))
  server.setNotFoundHandler((request, reply) => {
    const { id: requestId, method, url } = request
    const path = url.split('?')[0] ?? ''
    world.ledger.add({ at: world.clock.now(), requestId, method, path, status: 404, token: 'none' })
    send(reply, { status: 404, body: { error: 'not found' } })
  })
  for (const route of routes) mount(server, pipeline, route)
  controlRoutes(server, { ...pipeline, controlToken })
  return server
}
