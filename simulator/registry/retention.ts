import type { World } from '../world/world.ts'
import { ImageIndex, ImageManifest, isIndex, readJson } from './content.ts'
import { readReference } from './reference.ts'
import { findManifest, type Manifest, type Repository } from './store.ts'

/** Unreferenced images may be removed (Fly docs, registry); after how long is said nowhere. */
export const KEPT = 30 * 24 * 3_600_000
/** An upload that nobody went on with. */
const STALE = 24 * 3_600_000

/** `repository@digest` of what machines run and what releases name: the newest of each app, and all young ones. */
function inUse(world: World): Set<string> {
  const used = new Set<string>()
  for (const { imageRef } of world.machines.values()) used.add(`${imageRef.repository}@${imageRef.digest}`)
  for (const { releases } of world.apps.values()) {
    const named = releases.filter((release, age) => age === 0 || release.createdAt > world.clock.now() - KEPT)
    for (const { imageRef } of named) {
      const reference = readReference(imageRef)
      if (!reference) continue
      const { repository, tag, digest } = reference
      const found = findManifest(world, repository, digest || tag)
      if (found) used.add(`${repository}@${found.digest}`)
    }
  }
  return used
}

const childrenOf = ({ mediaType, bytes }: Manifest): string[] =>
  isIndex(mediaType) ? ImageIndex.parse(readJson(bytes)).manifests.map(({ digest }) => digest) : []

/** Digests that stay: what is used or young, and the parts of it. */
function staying(world: World, name: string, repository: Repository, used: Set<string>): Set<string> {
  const young = world.clock.now() - KEPT
  const whole = [...repository.manifests.values()].filter(
    ({ digest, pushedAt }) => pushedAt > young || used.has(`${name}@${digest}`),
  )
  return new Set(whole.flatMap((manifest) => [manifest.digest, ...childrenOf(manifest)]))
}

function clean(world: World, name: string, repository: Repository, used: Set<string>): void {
  const keep = staying(world, name, repository, used)
  for (const digest of repository.manifests.keys()) {
    if (keep.has(digest)) continue
    repository.manifests.delete(digest)
    world.effects.add({ kind: 'image', id: `${name}@${digest}`, change: 'removed' })
  }
  for (const [tag, digest] of repository.tags) if (!keep.has(digest)) repository.tags.delete(tag)
  const needed = new Set(
    [...repository.manifests.values()].flatMap(({ mediaType, bytes }) => {
      if (isIndex(mediaType)) return []
      const { config, layers } = ImageManifest.parse(readJson(bytes))
      return [config, ...layers].map(({ digest }) => digest)
    }),
  )
  for (const digest of repository.blobs) if (!needed.has(digest)) repository.blobs.delete(digest)
}

/** The daily round of the registry: images that nothing uses go, and their bytes with them. */
export function cleanRegistry(world: World): void {
  const { registry } = world
  for (const [id, { startedAt }] of registry.uploads) {
    if (startedAt < world.clock.now() - STALE) registry.uploads.delete(id)
  }
  const used = inUse(world)
  for (const [name, repository] of registry.repositories) clean(world, name, repository, used)
  const referenced = new Set([...registry.repositories.values()].flatMap(({ blobs }) => [...blobs]))
  for (const digest of registry.blobs.keys()) if (!referenced.has(digest)) registry.blobs.delete(digest)
}
