import { z } from 'zod'
import { organizationFor } from '../apps/find-app.ts'
import { parse } from '../http/parse.ts'
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
  billing_status: organization.billingStatus,
  remote_builder_image: '',
  provisions_beta_extensions: false,
})

/** `admin=true` wants those the caller administers: only a person does. */
const Query = z.looseObject({ admin: z.enum(['true', 'false', '']).default('false') })

function list({ world, principal, query }: Call) {
  if (parse(Query, query).admin === 'true' && principal.kind !== 'user') return ok({ organizations: [] })
  const visible = world.organizations.filter((organization) => seesOrganization(principal, organization))
  return ok({ organizations: visible.map(organizationView) })
}

const get = ({ world, principal, params }: Call) =>
  ok({ organization: organizationView(organizationFor(world, principal, params.org ?? '')) })

export const organizationRestRoutes: Route[] = [
  { method: 'GET', path: '/api/v1/organizations', handle: list, unlimited: true },
  { method: 'GET', path: '/api/v1/organizations/:org', handle: get, unlimited: true },
]
