import { FlyError } from '../http/fly-error.ts'
import type { App, Release } from '../world/types.ts'
import type { World } from '../world/world.ts'

export interface NewRelease {
  image: string
  strategy: string
  definition: unknown
  user: string
}

/** The next release of an app, not yet running. */
export function createRelease(world: World, app: App, { image, strategy, definition, user }: NewRelease): Release {
  const release = {
    id: `rel_${world.random.text('0123456789abcdefghjkmnpqrstvwxyz', 16)}`,
    version: (app.releases[0]?.version ?? 0) + 1,
    status: 'pending',
    strategy: strategy.toLowerCase(),
    imageRef: image,
    description: 'Deploy image',
    reason: 'deploy',
    user,
    createdAt: world.clock.now(),
    definition,
  }
  app.releases = [release, ...app.releases]
  return release
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
})
