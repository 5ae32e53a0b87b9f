import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { createRelease, findRelease, updateRelease } from '../releases/releases.ts'
import { mayUseApp } from '../tokens/principal.ts'
import { appNode } from './app-node.ts'
import type { Context } from './context.ts'
import { releaseNode } from './release-nodes.ts'

interface Create {
  input: { appId: string; image: string; strategy: string; definition: unknown }
}
interface Update {
  input: { releaseId: string; status?: string | null; metadata?: unknown }
}

/** Releases as flyctl made them before REST: under the same rules. */
export const releaseMutations = (context: Context) => {
  const { world, principal } = context
  return {
    createRelease({ input: { appId, image, strategy, definition } }: Create) {
      const app = appFor(world, principal, appId)
      const made = createRelease(world, app, { image, strategy, definition, user: principal.owner })
      return { app: appNode(context, app), release: releaseNode(context, app, made) }
    },
    updateRelease({ input: { releaseId, status, metadata } }: Update) {
      const { app, release } = findRelease(world, releaseId)
      if (!mayUseApp(principal, app)) throw new FlyError(404, 'Could not find Release')
      updateRelease(world, release, { status, metadata })
      return { release: releaseNode(context, app, release) }
    },
  }
}
