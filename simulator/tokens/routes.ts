import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { principalOf, readTokens } from '../http/authenticate.ts'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { READ } from './actions.ts'
import { authorizeRoute } from './authorize-route.ts'
import { lifetime } from './lifetime.ts'
import { mintFor } from './mint.ts'
import { tokenInfo, verifiedToken } from './token-views.ts'

/** What the macaroons say of themselves. User tokens are none: the list is empty for them. */
const current = ({ world, principal }: Call) =>
  ok({ tokens: principal.grants.filter(({ macaroon }) => macaroon).map((grant) => tokenInfo(world, grant)) })

function authenticateHeader({ world, body }: Call) {
  const { header } = parse(z.looseObject({ header: z.string().min(1) }), body)
  const principal = principalOf(world, readTokens(header), { action: READ })
  if (!principal) throw badRequest('no token could be verified')
  return ok(principal.grants.map(verifiedToken))
}

const Expiry = z.looseObject({ expiry: z.string().optional() })

function deployToken({ world, principal, params, body }: Call) {
  const app = appFor(world, principal, params.app ?? '')
  if (body === undefined) throw badRequest('EOF')
  const expiresAt = world.clock.now() + lifetime(parse(Expiry, body).expiry)
  const { token } = mintFor(world, principal, { name: 'deploy token', profile: 'deploy', org: app.org, app, expiresAt })
  return ok({ token })
}

/** Only a machine can ask for these, over its own socket. */
function fromMachineOnly(): never {
  throw new FlyError(403, 'this can only be called from a machine')
}

export const tokenRoutes: Route[] = [
  { method: 'GET', path: '/v1/tokens/current', handle: current },
  { method: 'POST', path: '/v1/tokens/authenticate', handle: authenticateHeader, readOnly: true },
  { method: 'POST', path: '/v1/tokens/authorize', handle: authorizeRoute, readOnly: true },
  { method: 'POST', path: '/v1/tokens/oidc', handle: fromMachineOnly, readOnly: true },
  { method: 'POST', path: '/v1/tokens/kms', handle: fromMachineOnly, readOnly: true },
  { method: 'POST', path: '/v1/apps/:app/deploy_token', handle: deployToken },
]
