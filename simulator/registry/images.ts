import { FlyError } from '../http/fly-error.ts'
import { digest } from '../world/ids.ts'
import { createRandom, hash } from '../world/random.ts'
import type { Image, ImageRef } from '../world/types.ts'
import type { World } from '../world/world.ts'

const REFERENCE =
  /^(?:([\w.-]+(?:\.[\w.-]+|:\d+)|localhost(?::\d+)?)\/)?([a-z0-9][\w./-]*?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/

export interface Reference {
  registry: string
  repository: string
  tag: string
  digest: string
}

/** Splits `registry/repository:tag@digest`; undefined when it is none. A missing tag is `latest` unless a digest is there. */
export function readReference(text: string): Reference | undefined {
  const found = REFERENCE.exec(text)
  if (!found) return undefined
  const [, registry = 'docker.io', repository = '', tag = '', pinned = ''] = found
  return { registry, repository, tag: tag === '' && pinned === '' ? 'latest' : tag, digest: pinned }
}

/** An image of the platform's own registry by tag or digest. */
export function findImage(
  world: World,
  { repository, tag, digest: pinned }: Omit<Reference, 'registry'>,
): Image | undefined {
  if (pinned === '') return world.images.get(`${repository}:${tag}`)
  return [...world.images.values()].find((image) => image.repository === repository && image.digest === pinned)
}

/** Own images live under `registry.fly.io` or under the address of this simulator. */
const isOwn = (registry: string) =>
  registry === 'registry.fly.io' || registry.startsWith('127.0.0.1') || registry.startsWith('localhost')

/** What a machine would run. Own images must exist; those of other registries get a digest made from their name. */
export function resolveImage(world: World, text: string): ImageRef {
  const reference = readReference(text)
  if (!reference) throw new FlyError(400, `invalid image reference: ${text}`)
  const { registry, repository, tag } = reference
  if (isOwn(registry)) {
    const image = findImage(world, reference)
    if (!image) throw new FlyError(400, `failed to get manifest ${text}: manifest unknown`)
    return { registry: 'registry.fly.io', repository, tag: tag || image.tag, digest: image.digest, labels: {} }
  }
  return { registry, repository, tag, digest: reference.digest || digest(createRandom(hash(text))), labels: {} }
}

/** Puts an image under a tag; a tag that exists moves. */
export function registerImage(world: World, { app, tag }: { app: string; tag: string }): Image {
  const image = {
    repository: app,
    tag,
    digest: digest(world.random),
    sizeBytes: world.random.int(60, 900) * 1_000_000,
    createdAt: world.clock.now(),
  }
  world.images.set(`${app}:${tag}`, image)
  return image
}
