import { createHash } from 'node:crypto'
import { z } from 'zod'

export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'

/** What the registry takes as a manifest: lists of platforms, and images of one platform. */
export const MEDIA_TYPES = [OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST]
export const isIndex = (mediaType: string) => mediaType === OCI_INDEX || mediaType === DOCKER_LIST

export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)

export const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const Descriptor = z.looseObject({
  mediaType: z.string().optional(),
  digest: Digest,
  size: z.int().nonnegative(),
  urls: z.array(z.string()).optional(),
  platform: z.looseObject({ architecture: z.string(), os: z.string() }).optional(),
})
export type Descriptor = z.infer<typeof Descriptor>

export const ImageManifest = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  config: Descriptor,
  layers: z.array(Descriptor),
})
export type ImageManifest = z.infer<typeof ImageManifest>

export const ImageIndex = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  manifests: z.array(Descriptor),
})

/** What a machine needs to know of an image: for which computer it is, and what its maker wrote on it. */
export const ImageConfig = z.looseObject({
  architecture: z.string().default(''),
  os: z.string().default(''),
  config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
})

export type ImageConfig = z.infer<typeof ImageConfig>

/** Bytes as JSON; undefined when they are none. */
export function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
