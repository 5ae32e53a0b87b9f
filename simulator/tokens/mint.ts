import { forbidden } from '../http/fly-error.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Issued } from './grant.ts'
import type { PackedCaveat } from './macaroon.ts'
import type { Principal } from './principal.ts'
import { caveatsOf, type Profile } from './profiles.ts'
import { headerOf } from './tokens.ts'
import { validity } from './write-caveats.ts'

export interface WantedToken {
  name: string
  profile: Profile['name']
  /** `rawSlug` */
  org: string
  app?: App
  cluster?: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

function profileOf(world: World, { profile, org: slug, app, cluster = '' }: WantedToken): Profile {
  const org = world.organizations.find(({ rawSlug }) => rawSlug === slug)?.numericId ?? 0
  if (profile === 'deploy') return { name: profile, org, app: app?.numericId ?? 0 }
  return profile === 'deploy_organization' ? { name: profile, org } : { name: profile, org, cluster }
}

/** The caveats of the token that lets the caller make another one: the new one has them too, and so can do no more. */
function inherited({ allowing }: Principal, { org, app }: WantedToken): PackedCaveat[] {
  const parent = allowing(app ? { org, app: app.numericId } : { org })
  if (!parent) throw forbidden()
  return parent.macaroon?.caveats ?? []
}

/** What stands there twice is written once; clients look for one organisation in a token. */
const withoutTwins = (caveats: PackedCaveat[]) => [
  ...new Map(caveats.map((caveat) => [Buffer.from(caveat.bytes).toString('hex'), caveat])).values(),
]

/** Who answers for it: the person, or whoever made the token that makes this one. */
const creatorOf = ({ kind, owner, grants }: Principal) =>
  kind === 'user' ? owner : (grants[0]?.issued.creator ?? owner)

/** A new token, as the header that carries it, and what is remembered of it. 403 for a caller that may not do as much. */
export function mintFor(world: World, principal: Principal, wanted: WantedToken): { token: string; issued: Issued } {
  const own = [...inherited(principal, wanted), ...caveatsOf(profileOf(world, wanted))]
  const { app, expiresAt, ...rest } = wanted
  const about = {
    ...rest,
    expiresAt,
    owner: wanted.name,
    creator: creatorOf(principal),
    ...(app ? { app: app.name } : {}),
  }
  const caveats = withoutTwins([...own, validity(world.clock.now(), expiresAt)])
  const { issued, macaroon } = world.tokens.issue(about, caveats)
  return { issued, token: headerOf([macaroon]) }
}
