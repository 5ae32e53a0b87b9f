import { FlyError } from '../http/fly-error.ts'
import { digest } from '../world/ids.ts'
import { createRandom, hash } from '../world/random.ts'
import type { App, Image, ImageRef } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { ImageConfig, ImageIndex, ImageManifest, isIndex, readJson } from './content.ts'
import { makeImage } from './make-image.ts'
import { isOwn, OWN, type Reference, readReference } from './reference.ts'
import { findManifest, type Manifest } from './store.ts'

/** An image of the platform's own registry by tag or digest; a digest goes before a tag. */
export function findImage(
  world: World,
  { repository, tag, digest: pinned }: Omit<Reference, 'registry'>,
): Image | undefined {
  const manifest = findManifest(world, repository, pinned || tag)
  if (!manifest) return undefined
  const { digest, sizeBytes, pushedAt } = manifest
  const carries = () => tagged(world, repository).find((image) => image.digest === digest)?.tag ?? ''
  return { registry: OWN, repository, tag: tag || carries(), digest, sizeBytes, createdAt: pushedAt }
}

/** The images of a repository that have a tag, in the order in which their tags were made. */
export const tagged = (world: World, repository: string): Image[] =>
  [...(world.registry.repositories.get(repository)?.tags ?? [])].flatMap(([tag, reference]) => {
    const found = findManifest(world, repository, reference)
    const { digest: own = '', sizeBytes = 0, pushedAt: createdAt = 0 } = found ?? {}
    return found ? [{ registry: OWN, repository, tag, digest: own, sizeBytes, createdAt }] : []
  })

/** A public image of another registry: nobody is asked, it is there, and under one name always the same. */
function foreignImage(world: World, { registry, repository, tag, digest: pinned }: Reference): Image {
  const random = createRandom(hash(`${registry}/${repository}:${tag}`))
  const made = digest(random)
  const sizeBytes = random.int(20, 400) * 1_000_000
  return { registry, repository, tag, digest: pinned || made, sizeBytes, createdAt: world.startedAt - sizeBytes }
}

/** Any image a machine could be given. */
export const imageNamed = (world: World, reference: Reference): Image | undefined =>
  isOwn(reference.registry) ? findImage(world, reference) : foreignImage(world, reference)

interface NewImage {
  app: string
  tag: string
  labels?: Record<string, string>
}

/** Puts a made-up image under a tag; a tag that exists moves. */
export function registerImage(world: World, { app, tag, labels = {} }: NewImage): Image {
  const createdAt = world.clock.now()
  const build = world.random.hex(64)
  const made = makeImage(world, {
    repository: app,
    tag,
    createdAt,
    build,
    sizeBytes: world.random.int(60, 900) * 1_000_000,
    labels,
  })
  world.effects.add({ kind: 'image', id: `${app}@${made.digest}`, change: 'pushed', to: tag })
  return { registry: OWN, repository: app, tag, digest: made.digest, sizeBytes: made.sizeBytes, createdAt }
}

/** Machines run on this kind of computer. */
const isNative = (platform: { architecture: string; os: string } | undefined) =>
  platform?.architecture === 'amd64' && platform.os === 'linux'

/** What a machine would run of an image: the part for its own kind of computer, if there is one. */
function nativeConfig(world: World, repository: string, manifest: Manifest): ImageConfig | undefined {
  const content = readJson(manifest.bytes)
  if (isIndex(manifest.mediaType)) {
    const { manifests } = ImageIndex.parse(content)
    const child = manifests.find(({ platform }) => isNative(platform))
    const found = child && findManifest(world, repository, child.digest)
    return found && nativeConfig(world, repository, found)
  }
  const { config } = ImageManifest.parse(content)
  const read = ImageConfig.safeParse(readJson(world.registry.blobs.get(config.digest) ?? Buffer.alloc(0)))
  return read.success && isNative(read.data) ? read.data : undefined
}

/** A machine may run the image of any app of its own organisation (Fly docs, registry). */
function ownImage(world: World, app: App, text: string, reference: Reference): ImageRef {
  const { repository, tag, digest: pinned } = reference
  const owner = world.apps.get(repository)
  if (owner && owner.org !== app.org) throw new FlyError(403, `failed to get manifest ${text}: denied`)
  const manifest = findManifest(world, repository, pinned || tag)
  if (!manifest) throw new FlyError(400, `failed to get manifest ${text}: manifest unknown`)
  const config = nativeConfig(world, repository, manifest)
  if (!config) throw new FlyError(400, `failed to get manifest ${text}: no match for platform linux/amd64`)
  const labels = config.config?.Labels ?? {}
  return { registry: OWN, repository, tag, digest: manifest.digest, labels }
}

/**
 * What a machine of an app would run. A tag is looked up here, when the machine is made or updated, and never again.
 * Own images must exist; those of other registries get a digest made from their name.
 */
export function resolveImage(world: World, app: App, text: string): ImageRef {
  const reference = readReference(text)
  if (!reference) throw new FlyError(400, `invalid image reference: ${text}`)
  if (isOwn(reference.registry)) return ownImage(world, app, text, reference)
  const { registry, repository, tag, digest: made } = foreignImage(world, reference)
  return { registry, repository, tag, digest: made, labels: {} }
}
