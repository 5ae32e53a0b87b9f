import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Addresses } from '../start.ts'

/** The types a container client names when it pulls. */
export const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

export const sha256 = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const Part = z.looseObject({ digest: z.string(), size: z.number() })
export const Pulled = z.looseObject({
  manifests: z.array(Part.extend({ platform: z.looseObject({ architecture: z.string() }) })),
})
export const PulledImage = z.looseObject({ config: Part, layers: z.array(Part) })

interface Answered {
  status: number
  headers: Headers
  bytes: Buffer
}

/** Requests as docker and skopeo send them: user `x`, the token as password, bytes as they are. */
export function registryClient({ machines, token }: Addresses) {
  const send = async (
    method: string,
    path: string,
    { body, headers = {}, as = token }: { body?: Buffer; headers?: Record<string, string>; as?: string } = {},
  ): Promise<Answered> => {
    const response = await fetch(new URL(path, machines), {
      method,
      headers: { authorization: `Basic ${btoa(`x:${as}`)}`, accept: ACCEPT, ...headers },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    })
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  return {
    send,
    /** Pushes a blob in pieces that end at the given places. */
    async pushBlob(app: string, blob: Buffer, cuts: number[] = []): Promise<Answered> {
      const opened = await send('POST', `/v2/${app}/blobs/uploads/`)
      let location = opened.headers.get('location') ?? ''
      const ends = [...cuts, blob.length]
      for (const [index, end] of ends.entries()) {
        const start = ends[index - 1] ?? 0
        const range = { 'content-range': `${start}-${Math.max(start, end - 1)}` }
        if (end === start) continue
        const chunk = await send('PATCH', location, { body: blob.subarray(start, end), headers: range })
        location = chunk.headers.get('location') ?? ''
      }
      return await send('PUT', `${location}?digest=${sha256(blob)}`)
    },
    pushManifest: (app: string, reference: string, mediaType: string, bytes: Buffer) =>
      send('PUT', `/v2/${app}/manifests/${reference}`, { body: bytes, headers: { 'content-type': mediaType } }),
  }
}
