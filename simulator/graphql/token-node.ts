import type { Issued } from '../tokens/grant.ts'
import type { Context } from './context.ts'
import { connection, iso, type PageArguments } from './page.ts'
import { userNode } from './user-node.ts'

function paramsOf({ app, cluster }: Issued): unknown {
  if (app !== undefined) return { app_id: app }
  return cluster === undefined ? null : { cluster }
}

/** A token as lists show it: everything but the token. */
export const tokenNode = (issued: Issued) => ({
  id: issued.id,
  name: issued.name,
  profile: issued.profile,
  profileParams: paramsOf(issued),
  token: '',
  tokenHeader: null,
  createdAt: iso(issued.createdAt),
  expiresAt: iso(issued.expiresAt),
  revokedAt: issued.revokedAt === undefined ? null : iso(issued.revokedAt),
  user: userNode(issued.creator),
})

/** The tokens of an organisation as a whole, or of one app in it. */
export const tokensOf = ({ world }: Context, scope: { org: string; app?: string }, page: PageArguments) =>
  connection(
    world.tokens.issued().filter(({ org, app }) => org === scope.org && app === scope.app),
    page,
    tokenNode,
  )
