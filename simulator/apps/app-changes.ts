import { FlyError, forbidden } from '../http/fly-error.ts'
import { mayUseAllApps, type Principal } from '../tokens/principal.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { createApp } from './create-app.ts'
import { deleteApp } from './delete-app.ts'
import { appFor, organizationFor } from './find-app.ts'

interface Caller {
  world: World
  principal: Principal
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

export interface WantedApp {
  name: string
  /** Slug of the organisation. */
  org: string
  network: string
  role: string
  /** Makes a retry safe: the same key and name (or no name) give the app that the first request made. */
  idempotencyKey?: string | undefined
  /** The caller waits until the app is there: no 404 afterwards (fly-go sends `wait=true`). */
  atOnce: boolean
}

/** The app an earlier request with the same key made. A key that made an app of another name is refused. */
function madeBefore(world: World, { name, org, idempotencyKey }: WantedApp): App | undefined {
  if (idempotencyKey === undefined) return undefined
  const app = [...world.apps.values()].find((known) => known.org === org && known.idempotencyKey === idempotencyKey)
  if (app && name !== '' && app.name !== name) {
    throw new FlyError(422, `idempotency_key was used to create the app ${app.name}`)
  }
  return app
}

/** 403 for tokens that may not, 422 for names that are malformed or taken. */
export function makeApp({ world, principal }: Caller, wanted: WantedApp): App {
  const { name, network, role, atOnce, idempotencyKey } = wanted
  const organization = organizationFor(world, principal, wanted.org)
  if (!mayUseAllApps(principal, organization)) throw forbidden()
  const known = madeBefore(world, { ...wanted, org: organization.rawSlug })
  if (known) return known
  if (!NAME.test(name)) {
    throw new FlyError(422, 'Validation failed: Name may only contain numbers, lowercase letters and dashes')
  }
  if (world.apps.has(name)) {
    throw new FlyError(422, 'Validation failed: Name has already been taken', { status: 'name_taken' })
  }
  const app = createApp(world, { name, org: organization.rawSlug, network: network || 'default', role })
  if (idempotencyKey !== undefined) app.idempotencyKey = idempotencyKey
  if (atOnce) app.visibleAt = app.createdAt
  return app
}

export function removeApp({ world, principal }: Caller, name: string): App {
  const app = appFor(world, principal, name)
  deleteApp(world, app)
  return app
}
