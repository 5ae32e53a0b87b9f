import { createDecipheriv, createHash } from 'node:crypto'
import { z } from 'zod'
import { chainOf, isSignedBy, type Macaroon, type PackedCaveat } from './macaroon.ts'

/** The numbers of caveats that are about other tokens (macaroon library). */
const THIRD_PARTY = 11
const BIND_TO_PARENT = 12
/** What a third party attests, by number: user ids. It restricts nothing, and only proofs may carry it. */
const ATTESTATIONS = [23, 24, 25]
const ABOUT_TOKENS = [BIND_TO_PARENT, ...ATTESTATIONS]

const Bytes = z.instanceof(Uint8Array)
const ThirdParty = z.tuple([z.string(), Bytes, Bytes])

interface Needed {
  location: string
  /** Identifies the discharge that answers it. */
  ticket: string
  key: Buffer
}

/** Bytes of the nonce before, and of the tag behind, what is sealed. */
const NONCE = 12
const TAG = 16

/** The key of the discharge, which whoever added the caveat sealed under the signature so far (ChaCha20-Poly1305). */
function unseal(signature: Uint8Array, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length <= NONCE + TAG) return undefined
  try {
    const opener = createDecipheriv('chacha20-poly1305', signature, sealed.subarray(0, NONCE), { authTagLength: TAG })
    opener.setAuthTag(sealed.subarray(-TAG))
    return Buffer.concat([opener.update(sealed.subarray(NONCE, -TAG)), opener.final()])
  } catch {
    // Sealed under another signature, or not at all.
    return undefined
  }
}

function neededBy({ body }: PackedCaveat, signature: Uint8Array): Needed | undefined {
  const { data } = ThirdParty.safeParse(body)
  if (!data) return undefined
  const [location, sealed, ticket] = data
  const key = unseal(signature, sealed)
  return key && { location, ticket: Buffer.from(ticket).toString('latin1'), key }
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

interface Beside {
  /** Tokens that were sent with it. */
  discharges: readonly Macaroon[]
  /** Of a discharge: digests of the signatures of the token it is for. */
  parents: readonly Buffer[]
}

/**
 * Every caveat that restricts a token: its own, and those of the discharges that its third-party caveats need.
 * Undefined when a signature or a discharge is missing.
 */
export function boundBy(
  macaroon: Macaroon,
  key: Uint8Array,
  { discharges, parents }: Beside = { discharges: [], parents: [] },
): PackedCaveat[] | undefined {
  if (!isSignedBy(macaroon, key)) return undefined
  const chain = chainOf(macaroon, key)
  const own = chain.map(digest)
  const parts = macaroon.caveats.map((caveat, at) => {
    if (caveat.type === THIRD_PARTY) return discharged(neededBy(caveat, chain[at] ?? key), discharges, own)
    return isSound(caveat, macaroon, parents) ? (ABOUT_TOKENS.includes(caveat.type) ? [] : [caveat]) : undefined
  })
  const sound = parts.filter((part) => part !== undefined)
  return sound.length === parts.length ? sound.flat() : undefined
}

/** What says something of the token itself has to be true, and is done with. */
function isSound({ type, body }: PackedCaveat, { proof }: Macaroon, parents: readonly Buffer[]): boolean {
  if (ATTESTATIONS.includes(type)) return proof
  if (type !== BIND_TO_PARENT) return true
  return body instanceof Uint8Array && parents.some((parent) => parent.subarray(0, body.length).equals(body))
}

/** Any one of the tokens that answer the ticket is enough. A discharge needs none itself. */
function discharged(needed: Needed | undefined, discharges: readonly Macaroon[], parents: readonly Buffer[]) {
  if (!needed) return undefined
  const answers = discharges.filter(({ location, keyId }) => location === needed.location && keyId === needed.ticket)
  for (const answer of answers) {
    const caveats = boundBy(answer, needed.key, { discharges: [], parents })
    if (caveats) return caveats
  }
  return undefined
}
