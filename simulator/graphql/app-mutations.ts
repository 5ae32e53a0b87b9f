import { makeApp, removeApp } from '../apps/app-changes.ts'
import { appFor, organizationFor, organizationOf } from '../apps/find-app.ts'
import { FlyError, forbidden } from '../http/fly-error.ts'
import { mayUseAllApps } from '../tokens/principal.ts'
import { appNode } from './app-node.ts'
import type { Context } from './context.ts'
import { organizationNode } from './organization-node.ts'
import { iso } from './page.ts'

interface CreateApp {
  input: { organizationId: string; name?: string | null; network?: string | null; appRoleId?: string | null }
}
interface MoveApp {
  input: { appId: string; organizationId: string }
}
interface LockApp {
  input: { appId: string }
}
interface UnlockApp {
  input: { appId: string; lockId: string }
}

/** Apps made, moved, locked and removed over GraphQL, under the same rules as over REST. */
export function appMutations(context: Context) {
  const { world, principal } = context
  return {
    createApp({ input: { organizationId, name, network, appRoleId } }: CreateApp) {
      const { slug } = organizationFor(world, principal, organizationId)
      const wanted = { name: name ?? '', org: slug, network: network ?? '', role: appRoleId ?? '', atOnce: true }
      return { app: appNode(context, makeApp(context, wanted)) }
    },
    deleteApp({ appId }: { appId: string }) {
      const organization = organizationOf(world, removeApp(context, appId))
      return { organization: organizationNode(context, organization) }
    },
    /** Its machines keep running; from now on the other organisation pays and its tokens work (Fly docs, move an app). */
    moveApp({ input: { appId, organizationId } }: MoveApp) {
      const app = appFor(world, principal, appId)
      const target = organizationFor(world, principal, organizationId)
      if (!mayUseAllApps(principal, target)) throw forbidden()
      if (app.org === target.rawSlug) throw new FlyError(422, 'the app is in this organization already')
      world.effects.add({ kind: 'app', id: app.name, change: 'moved', from: app.org, to: target.rawSlug })
      app.org = target.rawSlug
      return { app: appNode(context, app) }
    },
    lockApp({ input }: LockApp) {
      const { id, name } = appFor(world, principal, input.appId)
      const lock = world.appLocks.take(id)
      if (!lock) throw new FlyError(422, 'the app is locked already')
      world.effects.add({ kind: 'app', id: name, change: 'locked' })
      return { lockId: lock.id, expiration: iso(lock.expiresAt) }
    },
    unlockApp({ input }: UnlockApp) {
      const app = appFor(world, principal, input.appId)
      if (!world.appLocks.release(app.id, input.lockId)) throw new FlyError(422, 'the app is not locked with this lock')
      world.effects.add({ kind: 'app', id: app.name, change: 'unlocked' })
      return { app: appNode(context, app) }
    },
  }
}
