import type { Random } from '../world/random.ts'
import { sameBytes } from './hmac.ts'
import { xsalsa20 } from './salsa20.ts'

const NONCE = 24
const TAG = 16
/** The prime that Poly1305 has its name from. */
const P = (1n << 130n) - 5n
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn

const number = (bytes: Buffer) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`)

/** Poly1305 with a key of 32 bytes that is used once. */
function poly1305(key: Buffer, text: Buffer): Buffer {
  const r = number(key.subarray(0, 16)) & CLAMP
  let sum = 0n
  for (let at = 0; at < text.length; at += 16) {
    const block = text.subarray(at, at + 16)
    sum = ((sum + number(block) + (1n << BigInt(8 * block.length))) * r) % P
  }
  const tag = (sum + number(key.subarray(16, 32))) & ((1n << 128n) - 1n)
  return Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').reverse()
}

/** The first 32 bytes of the stream are the key of the tag, the rest hides the text (NaCl, crypto_secretbox). */
function streams(key: Buffer, nonce: Buffer, length: number): { once: Buffer; mask: Buffer } {
  const stream = xsalsa20(key, nonce, 32 + length)
  return { once: stream.subarray(0, 32), mask: stream.subarray(32) }
}

const xor = (text: Buffer, mask: Buffer) => Buffer.from(text.map((byte, at) => byte ^ (mask[at] ?? 0)))

export function sealBox(key: Buffer, nonce: Buffer, plaintext: Buffer): Buffer {
  const { once, mask } = streams(key, nonce, plaintext.length)
  const hidden = xor(plaintext, mask)
  return Buffer.concat([poly1305(once, hidden), hidden])
}

/** The nonce stands in front, as Go programs do it. */
export function secretboxEncrypt(key: Buffer, { plaintext, random }: { plaintext: Buffer; random: Random }): Buffer {
  const nonce = Buffer.from(random.hex(2 * NONCE), 'hex')
  return Buffer.concat([nonce, sealBox(key, nonce, plaintext)])
}

/** Undefined when it was not sealed with this key. */
export function secretboxDecrypt(key: Buffer, { ciphertext }: { ciphertext: Buffer }): Buffer | undefined {
  if (ciphertext.length < NONCE + TAG) return undefined
  const hidden = ciphertext.subarray(NONCE + TAG)
  const { once, mask } = streams(key, ciphertext.subarray(0, NONCE), hidden.length)
  return sameBytes(poly1305(once, hidden), ciphertext.subarray(NONCE, NONCE + TAG)) ? xor(hidden, mask) : undefined
}
