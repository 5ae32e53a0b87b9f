import { FlyError, forbidden } from '../http/fly-error.ts'
import { mayUseApp, type Principal, seesOrganization } from '../tokens/principal.ts'
import type { App, Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'

export function organizationOf(world: World, app: App): Organization {
  const found = world.organizations.find(({ rawSlug }) => rawSlug === app.org)
  if (!found) throw new Error(`App ${app.name} belongs to no organization.`)
  return found
}

/** By slug, raw slug or id. */
export const findOrganization = (world: World, slug: string) =>
  world.organizations.find(({ slug: short, rawSlug, id }) => short === slug || rawSlug === slug || id === slug)

/** An organisation the caller sees; 404 otherwise (Fly does not tell a foreign one from a missing one). */
export function organizationFor(world: World, principal: Principal, slug: string): Organization {
  const found = findOrganization(world, slug)
  if (!found) throw new FlyError(404, 'organization not found')
  if (!seesOrganization(principal, found)) throw forbidden()
  return found
}

/** A new app answers 404 for a moment. */
export const isThere = ({ clock }: World, { visibleAt }: App) => visibleAt <= clock.now()

/** 404 = the name is free, 403 = it exists where the caller may not look (fly-go's own name check). */
export function appFor(world: World, principal: Principal, name: string): App {
  const app = world.apps.get(name)
  if (!app || !isThere(world, app)) throw new FlyError(404, 'app not found')
  if (!mayUseApp(principal, app)) throw forbidden()
  return app
}
