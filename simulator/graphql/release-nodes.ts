import type { App, Release } from '../world/types.ts'
import { configNode } from './config-node.ts'
import type { Context } from './context.ts'
import { imageOf } from './image-nodes.ts'
import { connection, iso, type PageArguments } from './page.ts'
import { userNode } from './user-node.ts'

/** A release, in both forms that the schema has: `Release` and `ReleaseUnprocessed`. */
export const releaseNode = (context: Context, app: App, release: Release) => ({
  id: release.id,
  version: release.version,
  // Kept from the days of Nomad: nothing evaluates a release any more.
  evaluationId: null,
  status: release.status,
  stable: release.status === 'complete',
  inProgress: release.status === 'pending' || release.status === 'running',
  description: release.description,
  reason: release.reason,
  imageRef: release.imageRef,
  image: () => imageOf(context, release.imageRef),
  deploymentStrategy: release.strategy.toUpperCase(),
  createdAt: iso(release.createdAt),
  updatedAt: iso(release.updatedAt),
  user: userNode(release.user),
  metadata: release.metadata ?? null,
  configDefinition: release.definition,
  config: () => configNode(context, app, release.definition),
})

interface ReleasePage extends PageArguments {
  status?: string | null
}

/** Newest first, all of them or those of one status. */
export const releasesOf = (context: Context, app: App, { status, ...page }: ReleasePage) =>
  connection(
    app.releases.filter((release) => !status || release.status === status.toLowerCase()),
    page,
    (release) => releaseNode(context, app, release),
  )

export function releaseOf(
  context: Context,
  app: App,
  { id, version }: { id?: string | null; version?: number | null },
) {
  const found = app.releases.find((release) => (id ? release.id === id : release.version === version))
  return found ? releaseNode(context, app, found) : null
}
