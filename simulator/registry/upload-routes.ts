import { z } from 'zod'
import { parse } from '../http/parse.ts'
import type { Answer, Call, Route } from '../http/route.ts'
import type { World } from '../world/world.ts'
import { mayPull, toPush } from './access.ts'
import { digestOf } from './content.ts'
import { refused, registryRefusal, VERSION } from './refusal.ts'
import { putBlob, type Upload } from './store.ts'

const Query = z.looseObject({
  digest: z.string().optional(),
  mount: z.string().optional(),
  from: z.string().optional(),
})

const bytesOf = ({ body }: Call) => (Buffer.isBuffer(body) ? body : Buffer.alloc(0))

const uploadId = ({ random }: World) => [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-')

function stored({ effects }: World, app: string, digest: string): Answer {
  effects.add({ kind: 'blob', id: `${app}@${digest}`, change: 'pushed' })
  const headers = { ...VERSION, location: `/v2/${app}/blobs/${digest}`, 'docker-content-digest': digest }
  return { status: 201, headers }
}

/** How far an upload has come, and where it goes on. `Range` is of what is there, both ends included. */
const under = (status: number, id: string, { repository, size }: Upload): Answer => ({
  status,
  headers: {
    ...VERSION,
    location: `/v2/${repository}/blobs/uploads/${id}`,
    range: `0-${Math.max(0, size - 1)}`,
    'docker-upload-uuid': id,
  },
})

/** Ends an upload: the digest it was announced with must be the one it has. */
function finish(call: Call, digest: string | undefined, bytes: Buffer): Answer {
  const { app = '' } = call.params
  const repository = toPush(call, app)
  if (digest !== digestOf(bytes)) {
    throw refused(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content', { digest })
  }
  putBlob(call.world, repository, bytes)
  return stored(call.world, app, digest)
}

/** Three ways to begin: take a blob of another repository, send all of it at once, or open an upload. */
function start(call: Call): Answer {
  const { world, params, query } = call
  const { app = '' } = params
  const repository = toPush(call, app)
  const { digest, mount, from } = parse(Query, query)
  if (mount !== undefined && from !== undefined && mayPull(call, from)) {
    if (world.registry.repositories.get(from)?.blobs.has(mount)) {
      repository.blobs.add(mount)
      return stored(world, app, mount)
    }
  }
  if (digest !== undefined) return finish(call, digest, bytesOf(call))
  const id = uploadId(world)
  const upload: Upload = { repository: app, chunks: [], size: 0, startedAt: world.clock.now() }
  world.registry.uploads.set(id, upload)
  return under(202, id, upload)
}

function uploadFor(call: Call): { id: string; upload: Upload } {
  const { app = '', upload: id = '' } = call.params
  toPush(call, app)
  const upload = call.world.registry.uploads.get(id)
  if (upload?.repository !== app) throw refused(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry')
  return { id, upload }
}

/** A chunk that says where it belongs must begin where the last one ended. */
function append(call: Call): { id: string; upload: Upload } {
  const found = uploadFor(call)
  const { upload } = found
  const chunk = bytesOf(call)
  const [, from, to] = /^(?:bytes )?(\d+)-(\d+)/.exec(call.header('content-range') ?? '') ?? []
  const fits = from === undefined || (Number(from) === upload.size && Number(to) - Number(from) + 1 === chunk.length)
  if (!fits) throw refused(416, 'BLOB_UPLOAD_INVALID', `the next byte of this upload is ${upload.size}`)
  if (chunk.length > 0) upload.chunks.push(chunk)
  upload.size += chunk.length
  call.world.effects.add({ kind: 'upload', id: found.id, change: 'bytes', to: String(upload.size) })
  return found
}

function add(call: Call): Answer {
  const { id, upload } = append(call)
  return under(202, id, upload)
}

function close(call: Call): Answer {
  const { id, upload } = append(call)
  // A wrong digest ends the upload too: what came in cannot be told from what was meant.
  call.world.registry.uploads.delete(id)
  return finish(call, parse(Query, call.query).digest, Buffer.concat(upload.chunks))
}

function status(call: Call): Answer {
  const { id, upload } = uploadFor(call)
  return under(204, id, upload)
}

function cancel(call: Call): Answer {
  call.world.registry.uploads.delete(uploadFor(call).id)
  return { status: 204, headers: VERSION }
}

const UPLOADS = '/v2/:app/blobs/uploads'
const UPLOAD = `${UPLOADS}/:upload`
/** A layer comes in one piece: larger than that of any image a test pushes. */
const LARGEST = 1024 ** 3
const protocol = { unlimited: true, refuse: registryRefusal, bodyLimit: LARGEST } as const

export const uploadRoutes: Route[] = [
  { method: 'POST', path: UPLOADS, handle: start, ...protocol },
  { method: 'POST', path: `${UPLOADS}/`, handle: start, ...protocol },
  { method: 'GET', path: UPLOAD, handle: status, ...protocol },
  { method: 'PATCH', path: UPLOAD, handle: add, ...protocol },
  { method: 'PUT', path: UPLOAD, handle: close, ...protocol },
  { method: 'DELETE', path: UPLOAD, handle: cancel, ...protocol },
]
