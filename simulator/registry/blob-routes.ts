import type { Answer, Call, Route } from '../http/route.ts'
import { toPull } from './access.ts'
import { refused, registryRefusal, VERSION } from './refusal.ts'

interface Blob {
  digest: string
  bytes: Buffer
}

/** A blob of this repository: that another one has it too is nobody's business here. */
function blobOf(call: Call): Blob {
  const { app = '', digest = '' } = call.params
  const known = toPull(call, app).blobs.has(digest)
  const bytes = known ? call.world.registry.blobs.get(digest) : undefined
  if (!bytes) throw refused(404, 'BLOB_UNKNOWN', 'blob unknown to registry', { digest })
  return { digest, bytes }
}

const headersOf = ({ digest, bytes }: Blob) => ({
  ...VERSION,
  'docker-content-digest': digest,
  'content-type': 'application/octet-stream',
  'content-length': String(bytes.length),
  'accept-ranges': 'bytes',
})

/** All of it, or the part a client asks for that was cut off before. */
function get(call: Call): Answer {
  const blob = blobOf(call)
  const { length } = blob.bytes
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(call.header('range') ?? '') ?? []
  if (from === undefined) return { status: 200, body: blob.bytes, headers: headersOf(blob) }
  const first = Number(from)
  const last = Math.min(to ? Number(to) : length - 1, length - 1)
  if (first > last) throw refused(416, 'RANGE_INVALID', 'invalid content range')
  const part = blob.bytes.subarray(first, last + 1)
  const headers = { 'content-range': `bytes ${first}-${last}/${length}`, 'content-length': String(part.length) }
  return { status: 206, body: part, headers: { ...headersOf(blob), ...headers } }
}

const head = (call: Call): Answer => ({ status: 200, headers: headersOf(blobOf(call)) })

const BLOB = '/v2/:app/blobs/:digest'

export const blobRoutes: Route[] = [
  { method: 'HEAD', path: BLOB, handle: head, unlimited: true, refuse: registryRefusal },
  { method: 'GET', path: BLOB, handle: get, unlimited: true, refuse: registryRefusal },
]
