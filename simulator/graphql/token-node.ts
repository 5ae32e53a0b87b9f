import type { Principal } from '../tokens/principal.ts'
import type { Context } from './context.ts'
import { connection, iso, type PageArguments } from './page.ts'

interface Made {
  principal: Principal
  works: boolean
}

/** A token as lists show it: everything but the token. */
export function tokenNode({ principal: { id, app, owner, made }, works }: Made) {
  const { name = owner, profile = '', at = 0, expiresAt = 0 } = made ?? {}
  return {
    id,
    name,
    profile,
    profileParams: app === undefined ? null : { app_id: app },
    token: '',
    tokenHeader: null,
    createdAt: iso(at),
    expiresAt: iso(expiresAt),
    revokedAt: works ? null : iso(at),
    user: null,
  }
}

/** The tokens of an organisation, or of one app in it. */
export const tokensOf = ({ world }: Context, scope: { org: string; app?: string }, page: PageArguments) =>
  connection(
    world.tokens.made().filter(({ principal }) => principal.org === scope.org && principal.app === scope.app),
    page,
    tokenNode,
  )
