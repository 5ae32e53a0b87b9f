import type { App, Organization } from '../world/types.ts'
import { type Access, allowsAll } from './access.ts'
import type { Action } from './actions.ts'
import type { Grant } from './grant.ts'
import { kindOf, type TokenKind } from './kind.ts'

/** An access as the areas say it: the organisation by its `rawSlug`, the action unless it is the one of the request. */
export type Wish = Omit<Access, 'action' | 'org'> & { org: string; action?: Action }

/** Who calls, and what the tokens that were sent allow: one of them is enough. */
export interface Principal {
  id: string
  kind: TokenKind
  /** `rawSlug` of the organisation of its first token; absent = every organisation. */
  org?: string
  /** The app its first token is for. */
  app?: string
  /** Shown as the owner of leases and the author of releases. */
  owner: string
  grants: readonly Grant[]
  may(wish: Wish): boolean
  /** The same caller at something else: a GraphQL mutation, or only reading. */
  doing(request: Request): Principal
  /** The token that allows it. */
  allowing(wish: Wish): Grant | undefined
}

/** What a request does, as far as it is known before its path looks at it. */
export type Request = Omit<Access, 'org' | 'app'>

/** `numberOf` tells the number of an organisation, which caveats have. */
export function createPrincipal(
  grants: readonly [Grant, ...Grant[]],
  request: Request,
  numberOf: (org: string) => number | undefined,
): Principal {
  // A person goes before the macaroons that were sent with them.
  const first = grants.find(({ macaroon }) => !macaroon) ?? grants[0]
  const { org, app } = first.issued
  const allowing = ({ org: slug, ...wish }: Wish) => {
    const access = { ...request, ...wish, org: numberOf(slug) }
    return grants.find(({ caveats }) => allowsAll(caveats, access))
  }
  return {
    id: first.issued.id,
    kind: kindOf(grants),
    ...(org === undefined ? {} : { org }),
    ...(app === undefined ? {} : { app }),
    owner: first.issued.owner,
    grants,
    allowing,
    doing: (other) => createPrincipal(grants, other, numberOf),
    may: (wish) => allowing(wish) !== undefined,
  }
}

/** A caller without a token, on the paths that need none. */
export const NOBODY: Principal = {
  id: 'nobody',
  kind: 'none',
  owner: 'nobody',
  org: '',
  grants: [],
  may: () => false,
  allowing: () => undefined,
  doing: () => NOBODY,
}

export const seesOrganization = ({ may }: Principal, { rawSlug }: Organization) => may({ org: rawSlug })

/** flyctl's builders belong to a feature of the organisation, so that a token for another app can use them. */
export const mayUseApp = ({ may }: Principal, { org, numericId, role }: App) =>
  may({ org, app: numericId }) || (role === 'remote-docker-builder' && may({ org, feature: 'builder' }))

/** All apps of an organisation at once, or one that is yet to be: not for a token that is for one app. */
export const mayUseAllApps = ({ may }: Principal, { rawSlug }: Organization) => may({ org: rawSlug, app: 0 })
