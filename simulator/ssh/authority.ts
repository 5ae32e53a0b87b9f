import { z } from 'zod'
import { badRequest, FlyError, forbidden } from '../http/fly-error.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { mayUseAllApps, mayUseApp, type Principal } from '../tokens/principal.ts'
import { createRandom, hash } from '../world/random.ts'
import type { Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { signCertificate } from './certificate.ts'
import { makeKey, readPublicKey, type SshKey } from './keys.ts'

/** The key that signs the certificates of an organisation: the same seed gives the same key. */
export const authorityOf = ({ seed }: World, org: string): SshKey =>
  makeKey(createRandom(hash(`ssh ca ${seed} ${org}`)))

/** Longest validity, as `ssh issue` says it (flyctl). */
const LONGEST_HOURS = 72
const HOUR = 3600
/** Clocks that are behind by less than this do not matter. */
const SKEW = 60

const Wanted = z.looseObject({
  appNames: z.array(z.string()).default([]),
  principals: z.array(z.string().regex(/^[^\s,]+$/)).default([]),
  publicKey: z.string().default(''),
  validHours: z.int().min(1).max(LONGEST_HOURS).default(24),
})

export interface Issued {
  certificate: string
  /** The private key, when the caller sent no public one. */
  key: string | null
}

/** Signs the caller's public key, or a new one, for some names of users and some apps of an organisation. */
export function issueCertificate(
  world: World,
  { principal, organization, input }: { principal: Principal; organization: Organization; input: unknown },
): Issued {
  const { appNames, principals, publicKey, validHours } = parse(Wanted, withoutNulls(input))
  const made = publicKey === '' ? makeKey(world.random) : undefined
  const key = made?.public ?? readPublicKey(publicKey)
  if (!key) throw badRequest('publicKey: must be an ssh-ed25519 public key')
  const now = Math.floor(world.clock.now() / 1000)
  const serial = world.random.int(1, 2 ** 31)
  const certificate = signCertificate(
    authorityOf(world, organization.rawSlug),
    Buffer.from(world.random.hex(64), 'hex'),
    {
      key,
      serial: BigInt(serial),
      keyId: principal.owner,
      principals: principals.length > 0 ? principals : [principal.owner.split('@')[0] ?? 'root'],
      apps: appsFor(world, { principal, organization, appNames }),
      validAfter: now - SKEW,
      validBefore: now + validHours * HOUR,
    },
  )
  world.effects.add({ kind: 'ssh certificate', id: String(serial), change: 'issued', to: organization.rawSlug })
  return { certificate, key: made?.file ?? null }
}

/** A token of one app gets a certificate for that app alone. */
function appsFor(
  world: World,
  { principal, organization, appNames }: { principal: Principal; organization: Organization; appNames: string[] },
): string[] {
  const wanted = appNames.length === 0 && principal.app !== undefined ? [principal.app] : appNames
  if (wanted.length === 0 && !mayUseAllApps(principal, organization)) throw forbidden()
  for (const name of wanted) {
    const app = world.apps.get(name)
    if (app?.org !== organization.rawSlug) throw new FlyError(404, `Could not find App "${name}"`)
    if (!mayUseApp(principal, app)) throw forbidden()
  }
  return wanted
}
