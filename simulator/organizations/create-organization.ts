import { FlyError } from '../http/fly-error.ts'
import type { Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { beginTrial } from './trial.ts'

/** A new organisation, without a card and so on trial; whoever made it administers it. */
export function createOrganization(world: World, { name, founder }: { name: string; founder: string }): Organization {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  if (slug === '') throw new FlyError(422, "Validation failed: Name can't be blank")
  const taken = world.organizations.some(({ slug: short, rawSlug }) => short === slug || rawSlug === slug)
  if (taken) throw new FlyError(422, 'Validation failed: Name has already been taken')
  const created: Organization = {
    id: `org_${slug.replaceAll('-', '_')}`,
    numericId: world.random.int(880_200, 999_999),
    slug,
    rawSlug: slug,
    name,
    personal: false,
    paidPlan: false,
    billingStatus: 'TRIAL_ACTIVE',
    createdAt: world.clock.now(),
  }
  world.organizations.push(created)
  beginTrial(world, created)
  world.people.add(slug, { email: founder, role: 'ADMIN', joinedAt: created.createdAt })
  world.effects.add({ kind: 'organization', id: slug, change: 'created' })
  return created
}

/** Only an empty one goes, and never a person's own (flyctl, orgs delete). */
export function deleteOrganization(world: World, organization: Organization): void {
  const { rawSlug, personal } = organization
  if (personal) throw new FlyError(422, 'a personal organization cannot be deleted')
  if ([...world.apps.values()].some(({ org }) => org === rawSlug)) {
    throw new FlyError(422, 'the organization still has apps: delete or move them first')
  }
  world.organizations.splice(world.organizations.indexOf(organization), 1)
  world.effects.add({ kind: 'organization', id: rawSlug, change: 'deleted' })
}
