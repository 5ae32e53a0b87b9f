import { z } from 'zod'
import { appFor, organizationFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import type { Principal } from '../tokens/principal.ts'
import type { Context } from './context.ts'
import { tokenNode } from './token-node.ts'

interface CreateToken {
  input: { name: string; organizationId: string; profile: string; profileParams?: unknown; expiry?: string | null }
}

const AppParams = z.looseObject({ app_id: z.string().min(1) })

/** Milliseconds of 175200 hours, the 20 years a token lives when nobody says otherwise (flyctl). */
const TWENTY_YEARS = 175_200 * 3_600_000

function lifetime(expiry: string | null | undefined): number {
  if (!expiry) return TWENTY_YEARS
  const [, hours = ''] = /^(\d+)h/.exec(expiry) ?? []
  if (hours === '') throw new FlyError(400, `invalid expiry ${expiry}`)
  return Number(hours) * 3_600_000
}

/** A token that can do no more than the one that made it. */
export function createToken({ world, principal }: Context, { input }: CreateToken) {
  const organization = organizationFor(world, principal, input.organizationId)
  const id = `lat_${world.random.text('0123456789abcdefghjkmnpqrstvwxyz', 12)}`
  const app =
    input.profile === 'deploy' ? appFor(world, principal, parse(AppParams, input.profileParams).app_id) : undefined
  if (!app && principal.app !== undefined) throw new FlyError(403, 'unauthorized')
  const now = world.clock.now()
  const made: Principal = {
    id,
    kind: app ? 'deploy' : 'org',
    org: organization.rawSlug,
    ...(app ? { app: app.name } : {}),
    owner: input.name,
    made: { name: input.name, profile: input.profile, at: now, expiresAt: now + lifetime(input.expiry) },
  }
  const tokenHeader = `FlyV1 ${world.tokens.mint(made)}`
  return { limitedAccessToken: { ...tokenNode({ principal: made, works: true }), tokenHeader } }
}

export function revokeToken({ world }: Context, { input }: { input: { id?: string | null } }) {
  if (!world.tokens.revokeId(input.id ?? '')) throw new FlyError(404, 'Could not find LimitedAccessToken')
  return { token: input.id }
}
