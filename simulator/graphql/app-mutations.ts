import { makeApp, removeApp } from '../apps/app-changes.ts'
import { findOrganization, organizationFor, organizationOf } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { beginTrial } from '../organizations/trial.ts'
import type { Organization } from '../world/types.ts'
import type { Context } from './context.ts'
import { appNode, organizationNode } from './nodes.ts'

export interface CreateApp {
  input: { organizationId: string; name?: string | null; network?: string | null; appRoleId?: string | null }
}

/** Apps and organisations made and removed over GraphQL, under the same rules as over REST. */
export function appMutations(context: Context) {
  const { world, principal } = context
  return {
    createApp({ input: { organizationId, name, network, appRoleId } }: CreateApp) {
      const { slug } = organizationFor(world, principal, organizationId)
      const app = makeApp(context, {
        name: name ?? '',
        org: slug,
        network: network ?? '',
        role: appRoleId ?? '',
        atOnce: true,
      })
      return { app: appNode(context, app) }
    },
    deleteApp({ appId }: { appId: string }) {
      const organization = organizationOf(world, removeApp(context, appId))
      return { organization: organizationNode(context, organization) }
    },
    createOrganization({ input }: { input: { name: string } }) {
      if (principal.kind !== 'user') throw new FlyError(403, 'unauthorized')
      const slug = input.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
      if (findOrganization(world, slug)) throw new FlyError(422, 'Validation failed: Name has already been taken')
      const numericId = world.random.int(880_200, 889_999)
      const created: Organization = {
        id: `org_${slug}`,
        numericId,
        slug,
        rawSlug: slug,
        name: input.name,
        personal: false,
        paidPlan: false,
        billingStatus: 'TRIAL_ACTIVE',
        createdAt: world.clock.now(),
      }
      world.organizations.push(created)
      beginTrial(world, created)
      return { organization: organizationNode(context, created) }
    },
  }
}
