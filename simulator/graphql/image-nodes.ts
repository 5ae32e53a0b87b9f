import { FlyError } from '../http/fly-error.ts'
import { ImageIndex, ImageManifest, isIndex, readJson } from '../registry/content.ts'
import { imageNamed } from '../registry/images.ts'
import { readReference } from '../registry/reference.ts'
import { findManifest, type Manifest } from '../registry/store.ts'
import { digest } from '../world/ids.ts'
import { createRandom, hash } from '../world/random.ts'
import type { App, Image } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'
import { iso } from './page.ts'

/** The largest Int of GraphQL: `compressedSize` is one, and so was given up for `compressedSizeFull`. */
const LARGEST_INT = 2 ** 31 - 1

const configOf = ({ bytes, mediaType }: Manifest) =>
  isIndex(mediaType) ? undefined : ImageManifest.parse(readJson(bytes)).config.digest

/** The first part of an index that has a config of its own. */
function ownConfig(world: World, repository: string, manifest: Manifest): string | undefined {
  if (!isIndex(manifest.mediaType)) return configOf(manifest)
  const [child] = ImageIndex.parse(readJson(manifest.bytes)).manifests
  const found = child && findManifest(world, repository, child.digest)
  return found && configOf(found)
}

function blobOf(world: World, digestOfBlob: string | undefined): unknown {
  const bytes = digestOfBlob === undefined ? undefined : world.registry.blobs.get(digestOfBlob)
  return bytes ? readJson(bytes) : {}
}

function imageNode(world: World, image: Image) {
  const manifest = findManifest(world, image.repository, image.digest)
  const config = manifest && ownConfig(world, image.repository, manifest)
  return {
    id: `img_${image.digest.slice(7, 19)}`,
    ref: `${image.registry}/${image.repository}:${image.tag}`,
    absoluteRef: `${image.registry}/${image.repository}@${image.digest}`,
    registry: image.registry,
    repository: image.repository,
    tag: image.tag,
    digest: image.digest,
    label: image.tag,
    compressedSize: Math.min(LARGEST_INT, image.sizeBytes),
    // A number too large for Int, and so a text (fly-go decodes it as one).
    compressedSizeFull: String(image.sizeBytes),
    configDigest: config ?? '',
    config: () => blobOf(world, config),
    manifest: () => (manifest ? readJson(manifest.bytes) : {}),
    createdAt: iso(image.createdAt),
  }
}

/** An image by reference; null when the platform's own registry has none. */
export function imageOf({ world }: Context, ref: string) {
  const reference = readReference(ref)
  const image = reference && imageNamed(world, reference)
  return image ? imageNode(world, image) : null
}

/** The image the first machine of an app runs. */
export function runningImage({ world }: Context, { machines }: App) {
  const [machine] = [...machines].flatMap((id) => world.machines.get(id) ?? [])
  return machine ? { ...machine.imageRef, version: machine.imageRef.labels['fly.version'] ?? null } : null
}

/** Images that Fly builds itself and keeps track of. GUESS: their tags and versions. */
const TRACKED = new Map([
  ['flyio/postgres-flex', { tag: '17.2', version: 'v0.1.3' }],
  ['flyio/postgres-flex-timescaledb', { tag: '16.6', version: 'v0.1.3' }],
])

/** The newest of an image that Fly builds itself. The error for all others is one that flyctl passes over. */
export function latestOf(image: string) {
  const repository = readReference(image)?.repository ?? image
  const known = TRACKED.get(repository)
  if (!known) throw new FlyError(404, `Unknown repository ${repository}`)
  const made = digest(createRandom(hash(`${repository}:${known.tag}`)))
  return { registry: 'registry-1.docker.io', repository, digest: made, ...known }
}
