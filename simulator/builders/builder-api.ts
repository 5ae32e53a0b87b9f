import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { principalOf, readTokens } from '../http/authenticate.ts'
import { WRITE } from '../tokens/actions.ts'
import { mayUseApp } from '../tokens/principal.ts'
import type { App, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { builderIsUp, builderMachines, extendDeadline } from './deadlines.ts'

/** What a remote builder answers beside its Docker daemon: whoever builds keeps it awake here. */
export function createBuilderApi(world: World): FastifyInstance {
  const api = Fastify({ logger: false })
  api.addHook('onRequest', async (request, reply) => {
    world.schedule.settle()
    if (builderIsUp(world)) return
    // Nothing listens on a machine that does not run.
    void reply.hijack()
    request.raw.socket.destroy()
  })
  api.get('/flyio/v1/extendDeadline', async (request, reply) => {
    const builder = builderFor(world, request)
    if (!builder) return reply.code(401).type('text/plain').send('unauthorized')
    return { deadline: new Date(extendDeadline(world, builder)).toISOString() }
  })
  api.get('/flyio/v1/settings', async () => ({ builder: 'rchab' }))
  return api
}

/** Basic auth: the app that is built, and a token that may change it. Its organisation's builder is meant. */
function builderFor(world: World, { headers }: FastifyRequest): Machine | undefined {
  const [, encoded = ''] = /^basic\s+(\S+)$/i.exec(headers.authorization ?? '') ?? []
  const login = Buffer.from(encoded, 'base64').toString()
  const at = login.indexOf(':')
  const app = world.apps.get(login.slice(0, at))
  if (!app || !mayBuild(world, app, login.slice(at + 1))) return undefined
  return builderMachines(world).find((machine) => world.apps.get(machine.app)?.org === app.org)
}

function mayBuild(world: World, app: App, tokens: string): boolean {
  const principal = principalOf(world, readTokens(tokens), { action: WRITE })
  return principal !== undefined && mayUseApp(principal, app)
}
