import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Random } from '../world/random.ts'

/** XAES-256-GCM (C2SP): AES-256-GCM with a nonce of 24 bytes, half of which goes into a key of its own. */
const NONCE = 24
const TAG = 16

function aesBlock(key: Buffer, block: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  return Buffer.concat([cipher.update(block), cipher.final()])
}

const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)))

/** The subkey of CMAC: the encrypted zero block, doubled in GF(2^128). */
function subkey(key: Buffer): Buffer {
  const block = aesBlock(key, Buffer.alloc(16))
  const doubled = Buffer.from(block.map((byte, at) => (byte << 1) | ((block[at + 1] ?? 0) >> 7)))
  return (block[0] ?? 0) & 0x80 ? xor(doubled, Buffer.from(`${'00'.repeat(15)}87`, 'hex')) : doubled
}

function derive(key: Buffer, nonce: Buffer): Buffer {
  const k1 = subkey(key)
  const half = (counter: number) =>
    aesBlock(key, xor(Buffer.concat([Buffer.from([0, counter, 0x58, 0]), nonce.subarray(0, 12)]), k1))
  return Buffer.concat([half(1), half(2)])
}

interface Plain {
  plaintext: Buffer
  associated: Buffer
}

export function seal(key: Buffer, nonce: Buffer, { plaintext, associated }: Plain): Buffer {
  const cipher = createCipheriv('aes-256-gcm', derive(key, nonce), nonce.subarray(12)).setAAD(associated)
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

export function xaesEncrypt(key: Buffer, { random, ...plain }: Plain & { random: Random }): Buffer {
  const nonce = Buffer.from(random.hex(2 * NONCE), 'hex')
  return Buffer.concat([nonce, seal(key, nonce, plain)])
}

/** Undefined when it was not sealed with this key and these associated bytes. */
export function xaesDecrypt(
  key: Buffer,
  { ciphertext, associated }: { ciphertext: Buffer; associated: Buffer },
): Buffer | undefined {
  if (ciphertext.length < NONCE + TAG) return undefined
  const nonce = ciphertext.subarray(0, NONCE)
  const decipher = createDecipheriv('aes-256-gcm', derive(key, nonce), nonce.subarray(12), { authTagLength: TAG })
  decipher.setAAD(associated).setAuthTag(ciphertext.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(NONCE, -TAG)), decipher.final()])
  } catch {
    // The tag does not fit.
    return undefined
  }
}
