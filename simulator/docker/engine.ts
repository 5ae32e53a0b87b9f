import { Readable } from 'node:stream'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { takeBuildFault } from '../builders/build-faults.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { requestId } from '../http/request-id.ts'
import type { World } from '../world/world.ts'
import { ABOUT, PING, VERSION } from './about.ts'
import { BuildQuery, startBuild } from './build.ts'
import { ConnectionCut, DockerError } from './docker-error.ts'
import { imageRoutes } from './image-routes.ts'
import { createDockerStore, type DockerStore } from './local-images.ts'
import { stream } from './stream.ts'

export interface DockerEngine {
  world: World
  store?: DockerStore
  /** Called for every request but a ping: a remote builder counts them as work. */
  onWork?: () => void
  /** Without it, or while it says true, the daemon answers. */
  isUp?: () => boolean
}

/** A Docker daemon with the classic builder, as far as flyctl needs one (Docker Engine API). */
export function createDockerEngine({
  world,
  isUp,
  onWork,
  store = createDockerStore(),
}: DockerEngine): FastifyInstance {
  const engine = Fastify({
    logger: false,
    // A build context may be as large as a disk.
    bodyLimit: Number.MAX_SAFE_INTEGER,
    genReqId: () => requestId(world),
    // A client negotiates its version and then writes it before every path.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/v\d+\.\d+(?=\/)/, ''),
  })
  engine.removeAllContentTypeParsers()
  engine.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  engine.setErrorHandler((error, _request, reply) => refuse(reply, error))
  engine.setNotFoundHandler((_request, reply) => refuse(reply, new DockerError(404, 'page not found')))
  engine.addHook('onRequest', (request, reply, done) => {
    const { id, method, url } = request
    // Its end alone tells whether the whole of an answer came: most of them are streams.
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.raw.statusCode : 0
      const path = url.split('?')[0] ?? ''
      world.ledger.add({ at: world.clock.now(), requestId: id, method, path, status, token: 'none' })
    })
    world.effects.causedBy(id, done)
  })
  engine.addHook('onRequest', async ({ url }) => {
    world.schedule.settle()
    if (!url.endsWith('/_ping')) onWork?.()
    if (isUp?.() === false || takeBuildFault(world, 'connect') !== undefined) throw new ConnectionCut()
  })
  for (const method of ['GET', 'HEAD'] as const) {
    engine.route({
      method,
      url: '/_ping',
      exposeHeadRoute: false,
      handler: async (_request, reply) => reply.headers(PING).type('text/plain').send('OK'),
    })
  }
  engine.get('/version', async () => VERSION)
  engine.get('/info', async () => ({ ...ABOUT, Images: store.images.size }))
  engine.get('/containers/json', async () => [])
  engine.post('/build/prune', async () => {
    store.steps.clear()
    return { CachesDeleted: [], SpaceReclaimed: 0 }
  })
  engine.post('/build', (request, reply) =>
    stream(reply, (signal) =>
      startBuild({ world, store, signal, query: parse(BuildQuery, request.query) }, bodyOf(request)),
    ),
  )
  imageRoutes(engine, { world, store })
  return engine
}

const bodyOf = ({ body }: FastifyRequest): Readable => (body instanceof Readable ? body : Readable.from([]))

const Status = z.looseObject({ statusCode: z.int() })

function refuse(reply: FastifyReply, error: unknown): void {
  if (error instanceof ConnectionCut) {
    void reply.hijack()
    reply.raw.destroy()
    return
  }
  const status = error instanceof DockerError ? error.status : statusOf(error)
  const message = error instanceof Error ? error.message : String(error)
  // With a charset Docker's client takes it for text.
  void reply
    .code(status)
    .header('content-type', 'application/json')
    .send(Buffer.from(JSON.stringify({ message })))
}

function statusOf(error: unknown): number {
  if (error instanceof FlyError) return error.httpStatus
  const known = Status.safeParse(error)
  return known.success ? known.data.statusCode : 500
}
