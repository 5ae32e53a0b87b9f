import { FlyError } from '../http/fly-error.ts'
import type { App, Release } from '../world/types.ts'
import type { World } from '../world/world.ts'

export interface NewRelease {
  image: string
  /** `rolling` and the like, in any letters. */
  strategy: string
  definition: unknown
  user: string
}

const IDS = '0123456789abcdefghjkmnpqrstvwxyz'

/** The next release of an app, not yet running. */
export function createRelease(world: World, app: App, { image, strategy, definition, user }: NewRelease): Release {
  const now = world.clock.now()
  const release = {
    id: `rel_${world.random.text(IDS, 16)}`,
    version: (app.releases[0]?.version ?? 0) + 1,
    status: 'pending',
    strategy: strategy.toLowerCase(),
    imageRef: image,
    description: 'Deploy image',
    reason: 'deploy',
    user,
    createdAt: now,
    updatedAt: now,
    definition,
  }
  app.releases = [release, ...app.releases]
  world.effects.add({ kind: 'release', id: release.id, change: 'status', to: release.status })
  return release
}

/** Where a release can go (flyctl): it ends once, and never begins again. */
const NEXT: Record<string, readonly string[]> = {
  pending: ['running'],
  running: ['complete', 'failed', 'interrupted'],
}

interface ReleaseChange {
  status?: string | null | undefined
  /** Replaces what was noted before; absent leaves it. */
  metadata?: unknown
}

/** Moves a release on. To say again where it stands is no change: clients repeat what they got no answer to. */
export function updateRelease(world: World, release: Release, { status, metadata }: ReleaseChange): void {
  if (status && status !== release.status) {
    if (!NEXT[release.status]?.includes(status)) {
      throw new FlyError(422, `a release cannot go from ${release.status} to ${status}`)
    }
    world.effects.add({ kind: 'release', id: release.id, change: 'status', from: release.status, to: status })
    release.status = status
    release.updatedAt = world.clock.now()
  }
  if (metadata === undefined || metadata === null) return
  release.metadata = metadata
  world.effects.add({ kind: 'release', id: release.id, change: 'metadata' })
}

export function findRelease(world: World, id: string): { app: App; release: Release } {
  for (const app of world.apps.values()) {
    const release = app.releases.find((candidate) => candidate.id === id)
    if (release) return { app, release }
  }
  throw new FlyError(404, 'release not found')
}

/** Release as flyctl reads it over REST. */
export const releaseView = (release: Release) => ({
  id: release.id,
  version: release.version,
  stable: release.status === 'complete',
  in_progress: release.status === 'pending' || release.status === 'running',
  status: release.status,
  strategy: release.strategy.toUpperCase(),
  description: release.description,
  reason: release.reason,
  user: release.user,
  created_at: new Date(release.createdAt).toISOString(),
  image_ref: release.imageRef,
  metadata: release.metadata ?? null,
})
