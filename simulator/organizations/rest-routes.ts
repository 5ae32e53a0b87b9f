import { organizationFor } from '../apps/find-app.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { seesOrganization } from '../tokens/principal.ts'
import type { Organization } from '../world/types.ts'

/** Organisation as flyctl reads it over REST. */
const organizationView = (organization: Organization) => ({
  id: organization.id,
  internal_numeric_id: organization.numericId,
  slug: organization.slug,
  raw_slug: organization.rawSlug,
  name: organization.name,
  personal: organization.personal,
  paid_plan: organization.paidPlan,
  billable: organization.paidPlan,
  billing_status: organization.billingStatus.toLowerCase(),
  remote_builder_image: '',
  provisions_beta_extensions: false,
})

function list({ world, principal }: Call) {
  const visible = world.organizations.filter((organization) => seesOrganization(principal, organization))
  return ok({ organizations: visible.map(organizationView) })
}

const get = ({ world, principal, params }: Call) =>
  ok({ organization: organizationView(organizationFor(world, principal, params.org ?? '')) })

export const organizationRestRoutes: Route[] = [
  { method: 'GET', path: '/api/v1/organizations', handle: list, unlimited: true },
  { method: 'GET', path: '/api/v1/organizations/:org', handle: get, unlimited: true },
]
