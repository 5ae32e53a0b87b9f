import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { readTokens } from '../http/authenticate.ts'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { World } from '../world/world.ts'
import type { Principal } from './principal.ts'

/** What a macaroon says of itself. User tokens are no macaroons: the list is empty for them. */
function describe(world: World, { id, org, app, owner }: Principal): Record<string, unknown> {
  const organization = world.organizations.find(({ rawSlug }) => rawSlug === org)
  return {
    token_id: id,
    org_slug: organization?.slug ?? '',
    organization: organization?.name ?? '',
    apps: app === undefined ? [] : [app],
    user: owner,
    restricted_to_machine: '',
    source_machine_id: '',
  }
}

function current({ world, principal }: Call) {
  return ok({ tokens: principal.kind === 'user' ? [] : [describe(world, principal)] })
}

function authenticateHeader({ world, body }: Call) {
  const { header } = parse(z.looseObject({ header: z.string().min(1) }), body)
  const found = readTokens(header).flatMap((token) => world.tokens.find(token) ?? [])
  if (found.length === 0) throw badRequest('no token could be verified')
  return ok(found.map((principal) => describe(world, principal)))
}

const Authorize = z.looseObject({
  header: z.string().min(1),
  access: z.looseObject({
    action: z.string().min(1),
    org_slug: z.string().optional(),
    app_name: z.string().optional(),
  }),
})

/** Letters of `action`: r read, w write, c create, d delete, C control. */
function mayAct(world: World, principal: Principal, access: z.infer<typeof Authorize>['access']): boolean {
  const organization = world.organizations.find(
    ({ slug, rawSlug }) => slug === access.org_slug || rawSlug === access.org_slug,
  )
  const rightOrg =
    access.org_slug === undefined || principal.org === undefined || principal.org === organization?.rawSlug
  const rightApp = principal.app === undefined || principal.app === access.app_name
  return rightOrg && rightApp && (principal.kind !== 'readonly' || access.action === 'r')
}

function authorize({ world, body }: Call) {
  const { header, access } = parse(Authorize, body)
  const [principal] = readTokens(header).flatMap((token) => world.tokens.find(token) ?? [])
  if (!principal || !mayAct(world, principal, access)) throw badRequest('unauthorized')
  return ok({ access, verified_token: describe(world, principal) })
}

const Expiry = z.looseObject({
  expiry: z
    .string()
    .regex(/^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/)
    .optional(),
})

function deployToken({ world, principal, params, body }: Call) {
  const app = appFor(world, principal, params.app ?? '')
  if (body === undefined) throw badRequest('EOF')
  parse(Expiry, body)
  const id = `token-${world.random.hex(8)}`
  return ok({
    token: `FlyV1 ${world.tokens.mint({ id, kind: 'deploy', org: app.org, app: app.name, owner: 'deploy-token' })}`,
  })
}

/** Only a machine can ask for these, over its own socket. */
function fromMachineOnly(): never {
  throw new FlyError(403, 'this can only be called from a machine')
}

export const tokenRoutes: Route[] = [
  { method: 'GET', path: '/v1/tokens/current', handle: current },
  { method: 'POST', path: '/v1/tokens/authenticate', handle: authenticateHeader, readOnly: true },
  { method: 'POST', path: '/v1/tokens/authorize', handle: authorize, readOnly: true },
  { method: 'POST', path: '/v1/tokens/oidc', handle: fromMachineOnly, readOnly: true },
  { method: 'POST', path: '/v1/tokens/kms', handle: fromMachineOnly, readOnly: true },
  { method: 'POST', path: '/v1/apps/:app/deploy_token', handle: deployToken },
]
