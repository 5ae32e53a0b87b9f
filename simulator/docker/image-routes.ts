import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parse } from '../http/parse.ts'
import type { World } from '../world/world.ts'
import { DockerError } from './docker-error.ts'
import { type DockerStore, findLocalImage, type LocalImage, removeImage, tagImage, withTag } from './local-images.ts'
import { startPush } from './push.ts'
import { stream } from './stream.ts'

interface Daemon {
  world: World
  store: DockerStore
}

/** The names of images hold slashes, so what is wanted of one is the end of its path. */
export function imageRoutes(engine: FastifyInstance, { world, store }: Daemon): void {
  engine.get('/images/json', async (request) => listImages(store, request))
  engine.get('/images/*', async (request) => {
    const { name, wanted } = target(request)
    const image = imageFor(store, name)
    if (wanted === 'json') return inspect(image)
    if (wanted === 'history') return history(image)
    throw new DockerError(404, 'page not found')
  })
  engine.post('/images/*', async (request, reply) => {
    const { name, wanted } = target(request)
    const query = parse(
      z.looseObject({ tag: z.string().default('latest'), repo: z.string().default('') }),
      request.query,
    )
    if (wanted === 'tag') {
      tagImage(store, imageFor(store, name), withTag(`${query.repo}:${query.tag}`))
      return reply.code(201).send()
    }
    if (wanted !== 'push') throw new DockerError(404, 'page not found')
    const image = findLocalImage(store, `${name}:${query.tag}`)
    if (!image) throw new DockerError(404, `An image does not exist locally with the tag: ${name}`)
    const header = request.headers['x-registry-auth']
    const auth = typeof header === 'string' ? header : undefined
    return stream(reply, (signal) => startPush({ world, image, repository: name, tag: query.tag, auth, signal }))
  })
  engine.delete('/images/*', async (request) => {
    const name = wildcard(request)
    return removeImage(store, imageFor(store, name), name)
  })
}

const wildcard = ({ params }: FastifyRequest): string => parse(z.looseObject({ '*': z.string() }), params)['*']

function target(request: FastifyRequest): { name: string; wanted: string } {
  const path = wildcard(request)
  const at = path.lastIndexOf('/')
  return { name: path.slice(0, at), wanted: path.slice(at + 1) }
}

function imageFor(store: DockerStore, name: string): LocalImage {
  const image = findLocalImage(store, name)
  if (!image) throw new DockerError(404, `No such image: ${name}`)
  return image
}

const Filters = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.looseObject({ reference: z.record(z.string(), z.boolean()).default({}) }))

function listImages({ images }: DockerStore, { query }: FastifyRequest) {
  const { filters } = parse(z.looseObject({ filters: Filters.default({ reference: {} }) }), query)
  const wanted = Object.keys(filters.reference).map(withTag)
  const found = [...images.values()].filter(
    ({ tags }) => wanted.length === 0 || tags.some((tag) => wanted.includes(tag)),
  )
  return found.map(({ id, tags, createdAt, sizeBytes, config }) => ({
    ...{ Id: id, ParentId: '', RepoTags: tags, RepoDigests: [], Created: Math.floor(createdAt / 1000) },
    ...{ Size: sizeBytes, VirtualSize: sizeBytes, SharedSize: -1, Labels: config.Labels, Containers: -1 },
  }))
}

const inspect = ({ id, tags, createdAt, sizeBytes, config, layers }: LocalImage) => ({
  ...{ Id: id, RepoTags: tags, RepoDigests: [], Parent: '', Comment: '', Created: new Date(createdAt).toISOString() },
  ...{ Architecture: 'amd64', Os: 'linux', Author: '', DockerVersion: '20.10.12' },
  ...{ Size: sizeBytes, VirtualSize: sizeBytes, Config: config, Metadata: { LastTagTime: '0001-01-01T00:00:00Z' } },
  RootFS: { Type: 'layers', Layers: layers.map(({ diffId }) => diffId) },
})

const history = ({ id, tags, createdAt, layers }: LocalImage) =>
  layers.toReversed().map(({ bytes, createdBy }, index) => ({
    ...{ Id: index === 0 ? id : '<missing>', Created: Math.floor(createdAt / 1000), CreatedBy: createdBy },
    ...{ Size: bytes.length, Tags: index === 0 ? tags : null, Comment: '' },
  }))
