import { createHmac, timingSafeEqual } from 'node:crypto'
import { listLength, type Packed, pack } from './messagepack.ts'
import { PackedReader } from './read-messagepack.ts'

/** Where the permission tokens of Fly say they are for (macaroon library). */
const LOCATION = 'https://api.fly.io/v1'

/** A caveat as it stands in a token: a number for its type, its body, and both as the bytes that are signed. */
export interface PackedCaveat {
  type: number
  body: Packed
  bytes: Uint8Array
}

export interface Macaroon {
  /** Tells which key signed it; of a discharge, the ticket it answers. Each byte is one character. */
  keyId: string
  /** Finished by whoever made it: nothing can be appended. */
  proof: boolean
  nonce: Uint8Array
  location: string
  caveats: PackedCaveat[]
  tail: Uint8Array
}

const sign = (key: Uint8Array, message: Uint8Array) => createHmac('sha256', key).update(message).digest()

export const packCaveat = (type: number, body: Packed): PackedCaveat => ({
  type,
  body,
  bytes: Buffer.concat([pack(type), pack(body)]),
})

/** Each caveat is signed as a list of its type and body, under the signature before it. */
const link = (before: Uint8Array, { bytes }: PackedCaveat) => sign(before, Buffer.concat([Buffer.from([0x92]), bytes]))

/** Signs some caveats more, without the key: everybody may narrow a token, nobody can widen it. */
export const narrow = (macaroon: Macaroon, caveats: PackedCaveat[]): Macaroon => ({
  ...macaroon,
  caveats: [...macaroon.caveats, ...caveats],
  tail: caveats.reduce<Uint8Array>(link, macaroon.tail),
})

interface NewMacaroon {
  keyId: string
  key: Uint8Array
  chance: Uint8Array
  caveats: PackedCaveat[]
}

export function makeMacaroon({ keyId, key, chance, caveats }: NewMacaroon): Macaroon {
  const nonce = pack([Buffer.from(keyId), chance, false])
  return narrow({ keyId, proof: false, nonce, location: LOCATION, caveats: [], tail: sign(key, nonce) }, caveats)
}

/** The signatures from the key on: under the nonce, and under each caveat after it. */
export function chainOf({ nonce, caveats }: Macaroon, key: Uint8Array): Buffer[] {
  const links = [sign(key, nonce)]
  for (const caveat of caveats) links.push(link(links.at(-1) ?? key, caveat))
  return links
}

/** What a proof ends with, so that its last signature is not known and nothing can follow (macaroon library). */
const FINISH = 'proof-signature-finalization'

/** Whether the chain of signatures from the key over nonce and caveats ends in the tail. */
export function isSignedBy(macaroon: Macaroon, key: Uint8Array): boolean {
  const last = chainOf(macaroon, key).at(-1) ?? Buffer.alloc(0)
  const tail = macaroon.proof ? sign(Buffer.from(FINISH), last) : last
  return tail.length === macaroon.tail.length && timingSafeEqual(tail, macaroon.tail)
}

/** Permission tokens say so; all others discharge a caveat of one. */
export const isPermission = ({ location, proof }: Macaroon) => location === LOCATION && !proof

/** `fm2_` and Base64, as tokens are written. */
export function writeMacaroon({ nonce, location, caveats, tail }: Macaroon): string {
  const bytes = Buffer.concat([
    Buffer.from([0x94]),
    nonce,
    pack(location),
    // Two items for each: its type and its body.
    listLength(2 * caveats.length),
    ...caveats.map((caveat) => caveat.bytes),
    pack(tail),
  ])
  return `fm2_${bytes.toString('base64')}`
}

/** Undefined for what Fly's clients would not decode either. */
export function readMacaroon(text: string): Macaroon | undefined {
  const [, encoded = ''] = /^fm(?:2|1r|1a)_([A-Za-z0-9+/=]+)$/.exec(text) ?? []
  if (encoded === '') return undefined
  try {
    return decode(Buffer.from(encoded, 'base64'))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function decode(bytes: Uint8Array): Macaroon | undefined {
  const reader = new PackedReader(bytes)
  if (reader.readListLength() !== 4) return undefined
  const start = reader.position
  const nonce = reader.read()
  const nonceBytes = bytes.subarray(start, reader.position)
  const location = reader.read()
  const caveats = readCaveats(reader, bytes)
  const tail = reader.read()
  const [id, , proof = false] = Array.isArray(nonce) ? nonce : []
  if (!(id instanceof Uint8Array) || !(tail instanceof Uint8Array) || !reader.atEnd) return undefined
  if (typeof location !== 'string' || typeof proof !== 'boolean') return undefined
  return { keyId: Buffer.from(id).toString('latin1'), proof, nonce: nonceBytes, location, caveats, tail }
}

function readCaveats(reader: PackedReader, bytes: Uint8Array): PackedCaveat[] {
  const length = reader.readListLength()
  if (length % 2 !== 0) throw new RangeError('a caveat without a body')
  const caveats: PackedCaveat[] = []
  while (caveats.length < length / 2) {
    const start = reader.position
    const type = reader.read()
    const body = reader.read()
    if (typeof type !== 'number') throw new RangeError('a caveat without a type')
    caveats.push({ type, body, bytes: bytes.subarray(start, reader.position) })
  }
  return caveats
}
