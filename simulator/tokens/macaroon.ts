import type { Random } from '../world/random.ts'

/** Where the permission tokens of Fly say they are for. */
const LOCATION = 'https://api.fly.io/v1'

const bytes = (random: Random, length: number) => Array.from({ length }, () => random.int(0, 255))
const binary = (content: number[]) => [0xc4, content.length, ...content]
const text = (content: string) => [0xa0 + content.length, ...Buffer.from(content)]

/**
 * A token that Fly's clients can decode and so keep: nonce, location, no caveats, tail, in MessagePack under Base64.
 * They drop what they cannot read before the first request (macaroon library). Nothing is signed: what it may do is
 * looked up, not written in it.
 */
export function makeMacaroon(random: Random): string {
  const nonce = [0x93, ...binary(bytes(random, 16)), ...binary(bytes(random, 16)), 0xc2]
  const macaroon = [0x94, ...nonce, ...text(LOCATION), 0x90, ...binary(bytes(random, 32))]
  return `fm2_${Buffer.from(macaroon).toString('base64')}`
}
