import type { z } from 'zod'
import type { Answer, Call, Route } from '../http/route.ts'
import { toPull, toPush } from './access.ts'
import {
  type Descriptor,
  Digest,
  digestOf,
  ImageIndex,
  ImageManifest,
  isIndex,
  MEDIA_TYPES,
  readJson,
} from './content.ts'
import { refused, registryRefusal, VERSION } from './refusal.ts'
import { findManifest, type Manifest, putManifest, type Repository } from './store.ts'

const Tag = /^\w[\w.-]{0,127}$/

const typesOf = (header: string) => header.split(',').map((item) => item.split(';')[0]?.trim() ?? '')

/** Who names no type takes every one; who names some gets none of the others. */
function accepts(header: string | undefined, mediaType: string): boolean {
  const types = typesOf(header ?? '*/*')
  return types.includes(mediaType) || types.includes('*/*')
}

function read(call: Call): Manifest {
  const { app = '', reference = '' } = call.params
  toPull(call, app)
  const manifest = findManifest(call.world, app, reference)
  if (!manifest) throw refused(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { name: app, reference })
  if (accepts(call.header('accept'), manifest.mediaType)) return manifest
  const message = `manifest is a ${manifest.mediaType}, which the accept header does not name`
  throw refused(404, 'MANIFEST_UNKNOWN', message)
}

const headersOf = ({ digest, mediaType, bytes }: Manifest) => ({
  ...VERSION,
  'docker-content-digest': digest,
  'content-type': mediaType,
  'content-length': String(bytes.length),
  etag: `"${digest}"`,
})

function get(call: Call): Answer {
  const manifest = read(call)
  return { status: 200, body: manifest.bytes, headers: headersOf(manifest) }
}

const head = (call: Call): Answer => ({ status: 200, headers: headersOf(read(call)) })

/** What a manifest names must be there before it (OCI distribution specification); foreign layers are never pushed. */
function checkBlobs(call: Call, repository: Repository, blobs: Descriptor[]): number {
  let weight = 0
  for (const { digest, size, urls = [] } of blobs) {
    const bytes = repository.blobs.has(digest) ? call.world.registry.blobs.get(digest) : undefined
    if (!bytes && urls.length === 0) throw refused(400, 'MANIFEST_BLOB_UNKNOWN', 'blob unknown to registry', { digest })
    if (bytes && bytes.length !== size) throw refused(400, 'SIZE_INVALID', `${digest} has ${bytes.length} bytes`)
    weight += size
  }
  return weight
}

/** What came in as one of two shapes; refused when it is neither, or says that it is something else. */
function parseAs<Shape extends z.infer<typeof ImageIndex> | z.infer<typeof ImageManifest>>(
  schema: z.ZodType<Shape>,
  { mediaType, bytes }: Pushed,
): Shape {
  const { data, error } = schema.safeParse(readJson(bytes))
  if (data && (data.mediaType ?? mediaType) === mediaType) return data
  throw refused(400, 'MANIFEST_INVALID', 'manifest invalid', error?.issues[0]?.message)
}

interface Pushed {
  mediaType: string
  bytes: Buffer
}

/** Bytes a manifest stands for: an index weighs what its first platform does. */
function weigh(call: Call, repository: Repository, pushed: Pushed): number {
  if (!isIndex(pushed.mediaType)) {
    const { config, layers } = parseAs(ImageManifest, pushed)
    return checkBlobs(call, repository, [config, ...layers])
  }
  const children = parseAs(ImageIndex, pushed).manifests.map(({ digest }) => {
    const child = repository.manifests.get(digest)
    if (!child) throw refused(400, 'MANIFEST_BLOB_UNKNOWN', 'manifest unknown to registry', { digest })
    return child
  })
  return children[0]?.sizeBytes ?? 0
}

function put(call: Call): Answer {
  const { world, body, params } = call
  const { app = '', reference = '' } = params
  const repository = toPush(call, app)
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const mediaType = typesOf(call.header('content-type') ?? '')[0] ?? ''
  if (!MEDIA_TYPES.includes(mediaType)) throw refused(400, 'MANIFEST_INVALID', `media type ${mediaType} not supported`)
  const digest = digestOf(bytes)
  const pinned = Digest.safeParse(reference).success
  if (pinned && reference !== digest) {
    throw refused(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content')
  }
  if (!pinned && !Tag.test(reference)) throw refused(400, 'TAG_INVALID', 'manifest tag did not match')
  const sizeBytes = weigh(call, repository, { mediaType, bytes })
  const tag = pinned ? undefined : reference
  putManifest(world, app, { tag, mediaType, bytes, sizeBytes, pushedAt: world.clock.now() })
  world.effects.add({
    kind: 'image',
    id: `${app}@${digest}`,
    change: 'pushed',
    ...(tag === undefined ? {} : { to: tag }),
  })
  const headers = { ...VERSION, 'docker-content-digest': digest, location: `/v2/${app}/manifests/${digest}` }
  return { status: 201, headers }
}

/** Nobody lists or removes anything here: tags are known through releases, and what is unused goes by itself. */
function unsupported(): never {
  throw refused(405, 'UNSUPPORTED', 'The operation is unsupported.')
}

const MANIFEST = '/v2/:app/manifests/:reference'
const protocol = { unlimited: true, refuse: registryRefusal } as const

export const manifestRoutes: Route[] = [
  { method: 'HEAD', path: MANIFEST, handle: head, ...protocol },
  { method: 'GET', path: MANIFEST, handle: get, ...protocol },
  { method: 'PUT', path: MANIFEST, handle: put, ...protocol },
  { method: 'DELETE', path: MANIFEST, handle: unsupported, ...protocol },
  { method: 'GET', path: '/v2/:app/tags/list', handle: unsupported, ...protocol },
]
