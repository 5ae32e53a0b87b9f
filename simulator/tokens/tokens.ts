import { createHash } from 'node:crypto'
import type { Clock } from '../world/clock.ts'
import type { Effects } from '../world/effects.ts'
import { createRandom, hash } from '../world/random.ts'
import { isValidAt } from './access.ts'
import { readCaveat } from './caveats.ts'
import { boundBy } from './discharge.ts'
import type { Grant, Issued } from './grant.ts'
import {
  isPermission,
  isSignedBy,
  type Macaroon,
  makeMacaroon,
  type PackedCaveat,
  readMacaroon,
  writeMacaroon,
} from './macaroon.ts'

type NewToken = Omit<Issued, 'id' | 'createdAt' | 'ownCaveats'> & { id?: string; createdAt?: number }

export interface TokenBook {
  /**
   * What a token allows; undefined when it is unknown, forged, revoked or out of its time. `beside` are the tokens that
   * were sent with it, among them discharges of its third-party caveats.
   */
  verify(text: string, beside?: readonly string[]): Grant | undefined
  /** A token that looks like those of a browser login. */
  issueUser(token: Omit<NewToken, 'profile'>): string
  issue(token: NewToken, caveats: PackedCaveat[]): { issued: Issued; macaroon: Macaroon }
  /** Everything that was made, oldest first. */
  issued(): Issued[]
  /** With all that was narrowed from it. False when there is no such token. */
  revokeId(id: string): boolean
  /** By the token itself, or by several with commas between them. False when none of them is known. */
  revoke(text: string): boolean
  restore(text: string): boolean
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const IDS = '0123456789abcdefghjkmnpqrstvwxyz'
/** Bytes of chance in a nonce (macaroon library). */
const CHANCE = 16

/** The tokens of a seed, made up: the same seed makes the same ones, so that a stored one works again. */
interface TokenWorld {
  seed: number
  clock: Clock
  effects: Effects
}

export function createTokenBook({ seed, clock, effects }: TokenWorld): TokenBook {
  const random = createRandom(hash(`tokens ${seed}`))
  const users = new Map<string, Issued>()
  const byId = new Map<string, Issued>()
  const keyOf = (id: string) => createHash('sha256').update(`key ${seed} ${id}`).digest()

  const remember = (token: NewToken, ownCaveats: number): Issued => {
    const { id = `lat_${random.text(IDS, 12)}`, createdAt = clock.now() } = token
    const made = { ...token, id, createdAt, ownCaveats }
    byId.set(id, made)
    effects.add({ kind: 'token', id, change: 'created', to: token.profile })
    return made
  }
  const macaroonOf = (text: string): [Issued, Macaroon] | undefined => {
    const macaroon = readMacaroon(text)
    const issued = byId.get(macaroon?.keyId ?? '')
    return macaroon && isPermission(macaroon) && issued && isSignedBy(macaroon, keyOf(issued.id))
      ? [issued, macaroon]
      : undefined
  }
  const grantOf = (text: string, beside: readonly string[]): Grant | undefined => {
    const [issued, macaroon] = macaroonOf(text) ?? []
    if (!issued || !macaroon) return undefined
    const packed = boundBy(macaroon, keyOf(issued.id), { discharges: dischargesIn(beside), parents: [] })
    return packed && { text, issued, macaroon, caveats: packed.map(({ type, body }) => readCaveat(type, body)) }
  }
  const issuedOf = (text: string) => users.get(text) ?? macaroonOf(text)?.[0]
  const mark = (text: string, revokedAt: number | undefined) => {
    const known = text.split(',').flatMap((one) => issuedOf(one.trim()) ?? [])
    for (const issued of known) {
      delete issued.revokedAt
      if (revokedAt !== undefined) issued.revokedAt = revokedAt
      effects.add({ kind: 'token', id: issued.id, change: revokedAt === undefined ? 'restored' : 'revoked' })
    }
    return known.length > 0
  }
  return {
    verify(text, beside = []) {
      const user = users.get(text)
      const grant = user ? { text, issued: user, caveats: [] } : grantOf(text, beside)
      return grant && worksAt(grant, clock.now()) ? grant : undefined
    },
    issueUser(token) {
      const text = `fo1_${random.text(ALPHABET, 43)}`
      users.set(text, remember({ ...token, profile: 'user' }, 0))
      return text
    },
    issue(token, caveats) {
      const issued = remember(token, caveats.length)
      const chance = Uint8Array.from({ length: CHANCE }, () => random.int(0, 255))
      return { issued, macaroon: makeMacaroon({ keyId: issued.id, key: keyOf(issued.id), chance, caveats }) }
    },
    issued: () => [...byId.values()],
    revokeId(id) {
      const issued = byId.get(id)
      if (!issued) return false
      issued.revokedAt ??= clock.now()
      effects.add({ kind: 'token', id, change: 'revoked' })
      return true
    },
    revoke: (text) => mark(text, clock.now()),
    restore: (text) => mark(text, undefined),
  }
}

const worksAt = ({ issued, caveats }: Grant, now: number) =>
  issued.revokedAt === undefined && issued.expiresAt > now && isValidAt(caveats, now)

const dischargesIn = (texts: readonly string[]) =>
  texts.flatMap((text) => readMacaroon(text) ?? []).filter((macaroon) => !isPermission(macaroon))

export const headerOf = (macaroons: Macaroon[]) => `FlyV1 ${macaroons.map(writeMacaroon).join(',')}`
