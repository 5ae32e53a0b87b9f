import { z } from 'zod'
import { appFor, organizationFor } from '../apps/find-app.ts'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { lifetime } from '../tokens/lifetime.ts'
import { mintFor } from '../tokens/mint.ts'
import type { Context } from './context.ts'
import { tokenNode } from './token-node.ts'

interface CreateToken {
  input: { name: string; organizationId: string; profile: string; profileParams?: unknown; expiry?: string | null }
}

const AppParams = z.looseObject({ app_id: z.string().min(1) })
const ClusterParams = z.looseObject({ cluster: z.string().min(1) })
const Profile = z.enum(['deploy', 'deploy_organization', 'litefs_cloud'], { error: 'Unknown profile' })

/** A token that can do no more than the one that made it. */
export function createToken({ world, principal }: Context, { input }: CreateToken) {
  const { name, organizationId, profileParams } = input
  const profile = parse(Profile, input.profile)
  const about = { name, profile, expiresAt: world.clock.now() + lifetime(input.expiry) }
  const wanted = () => {
    if (profile === 'deploy') {
      const app = appFor(world, principal, parse(AppParams, profileParams).app_id)
      return { ...about, org: app.org, app }
    }
    const { rawSlug: org } = organizationFor(world, principal, organizationId)
    const cluster = profile === 'litefs_cloud' ? { cluster: parse(ClusterParams, profileParams).cluster } : {}
    return { ...about, org, ...cluster }
  }
  const { issued, token } = mintFor(world, principal, wanted())
  return { limitedAccessToken: { ...tokenNode(issued), token, tokenHeader: token } }
}

/** By id, or by the token itself. Only for those who might have made it. */
export function revokeToken(
  { world, principal }: Context,
  { input }: { input: { id?: string | null; token?: string | null } },
) {
  if (!input.id && !input.token) throw badRequest('id or token is required')
  const id = input.id ?? world.tokens.verify(input.token ?? '')?.issued.id
  const issued = world.tokens.issued().find((candidate) => candidate.id === id && candidate.profile !== 'user')
  const app = world.apps.get(issued?.app ?? '')?.numericId
  if (!issued || !principal.may({ org: issued.org ?? '', app }))
    throw new FlyError(404, 'Could not find LimitedAccessToken')
  world.tokens.revokeId(issued.id)
  return { token: issued.id }
}
