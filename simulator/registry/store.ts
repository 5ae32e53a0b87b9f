import type { Effects } from '../world/effects.ts'
import { RecordedMap } from '../world/recorded-map.ts'
import type { World } from '../world/world.ts'
import { digestOf } from './content.ts'

export interface Manifest {
  digest: string
  mediaType: string
  bytes: Buffer
  /** What all of it weighs for one platform, in bytes. */
  sizeBytes: number
  pushedAt: number
}

/** The images of one app. */
export interface Repository {
  manifests: Map<string, Manifest>
  /** Tag → digest of its manifest. */
  tags: Map<string, string>
  /** Digests of the blobs that were pushed or mounted here. */
  blobs: Set<string>
}

export interface Upload {
  repository: string
  chunks: Buffer[]
  size: number
  startedAt: number
}

/** The platform's image registry: what is pushed is kept byte for byte, under the SHA-256 of it. */
export interface Registry {
  repositories: Map<string, Repository>
  /** By digest, shared by all repositories. */
  blobs: Map<string, Buffer>
  /** Blobs on their way in, by upload id. */
  uploads: Map<string, Upload>
}

export const createRegistry = (effects: Effects): Registry => ({
  repositories: new Map(),
  blobs: new Map(),
  uploads: new RecordedMap('upload', effects),
})

/** The repository of an app, made when it is first needed. */
export function repositoryOf({ registry }: World, name: string): Repository {
  const known = registry.repositories.get(name)
  if (known) return known
  const made: Repository = { manifests: new Map(), tags: new Map(), blobs: new Set() }
  registry.repositories.set(name, made)
  return made
}

/** Keeps bytes under their digest. */
export function putBlob({ registry }: World, repository: Repository, bytes: Buffer): string {
  const digest = digestOf(bytes)
  if (!registry.blobs.has(digest)) registry.blobs.set(digest, bytes)
  repository.blobs.add(digest)
  return digest
}

/** Keeps a manifest under its digest, and under a tag if one is given: a tag that exists moves. */
export function putManifest(
  world: World,
  name: string,
  { tag, ...manifest }: Omit<Manifest, 'digest'> & { tag?: string | undefined },
): Manifest {
  const repository = repositoryOf(world, name)
  const kept = { ...manifest, digest: digestOf(manifest.bytes) }
  repository.manifests.set(kept.digest, kept)
  if (tag !== undefined) repository.tags.set(tag, kept.digest)
  return kept
}

/** A manifest by tag or digest. */
export function findManifest({ registry }: World, name: string, reference: string): Manifest | undefined {
  const repository = registry.repositories.get(name)
  return repository?.manifests.get(repository.tags.get(reference) ?? reference)
}
