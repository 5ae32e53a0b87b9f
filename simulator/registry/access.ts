import { FlyError } from '../http/fly-error.ts'
import type { Call } from '../http/route.ts'
import { READ } from '../tokens/actions.ts'
import { mayUseApp, type Principal } from '../tokens/principal.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { refused } from './refusal.ts'
import { type Repository, repositoryOf } from './store.ts'

const denied = () => refused(403, 'DENIED', 'requested access to the resource is denied')

function ownerOf(world: World, principal: Principal, name: string): App {
  const app = world.apps.get(name)
  if (!app) throw refused(404, 'NAME_UNKNOWN', 'app repository not found')
  if (!principal.may({ org: app.org, action: READ })) throw denied()
  return app
}

/** Any token of an organisation may pull the images of all its apps (Fly docs, registry). */
export function toPull({ world, principal }: Call, name: string): Repository {
  return repositoryOf(world, ownerOf(world, principal, name).name)
}

/** Pushing takes a token that may write to this very app. */
export function toPush({ world, principal }: Call, name: string): Repository {
  const app = ownerOf(world, principal, name)
  if (!mayUseApp(principal, app)) throw denied()
  return repositoryOf(world, app.name)
}

/** True when the caller may pull from there: for what is only tried. */
export function mayPull(call: Call, name: string): boolean {
  try {
    toPull(call, name)
    return true
  } catch (error) {
    if (error instanceof FlyError) return false
    throw error
  }
}
