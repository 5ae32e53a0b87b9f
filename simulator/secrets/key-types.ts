import { z } from 'zod'
import type { Random } from '../world/random.ts'
import { es256Public, es256Readable, es256Sign, es256Verify } from './es256.ts'
import { hmac, sameBytes } from './hmac.ts'
import { boxPublic, naclSign, naclSignPublic, naclVerify } from './nacl.ts'
import { secretboxDecrypt, secretboxEncrypt } from './secretbox.ts'
import { xaesDecrypt, xaesEncrypt } from './xaes.ts'

/** Types of secret keys (fly-go, secret types). */
export const KeyType = z.enum([
  'es256',
  'hs256',
  'hs384',
  'hs512',
  'xaes256gcm',
  'nacl_auth',
  'nacl_box',
  'nacl_secretbox',
  'nacl_sign',
])
export type KeyType = z.infer<typeof KeyType>

interface Message {
  plaintext: Buffer
  signature: Buffer
}

/** What a type of key can do. An operation that is missing is refused. */
export interface Algorithm {
  /** Bytes of a new key. */
  size: number
  /** Whether these bytes are a key of this type. */
  fits(value: Buffer): boolean
  /** Takes no associated data. */
  plain?: true
  publicKey?: (value: Buffer) => Buffer
  sign?: (value: Buffer, plaintext: Buffer) => Buffer
  verify?: (value: Buffer, message: Message) => boolean
  encrypt?: (value: Buffer, message: { plaintext: Buffer; associated: Buffer; random: Random }) => Buffer
  /** Undefined when the ciphertext is not one of this key. */
  decrypt?: (value: Buffer, message: { ciphertext: Buffer; associated: Buffer }) => Buffer | undefined
}

/** RFC 7518 wants a key at least as long as the hash. */
const hashed = (hash: 'sha256' | 'sha384' | 'sha512', size: number, kept = size): Algorithm => {
  const sign = (value: Buffer, plaintext: Buffer) => hmac(hash, value, plaintext).subarray(0, kept)
  return {
    size,
    fits: ({ length }) => length >= size,
    sign,
    verify: (value, { plaintext, signature }) => sameBytes(sign(value, plaintext), signature),
  }
}

const fits32 = ({ length }: Buffer) => length === 32

export const ALGORITHMS: Record<KeyType, Algorithm> = {
  hs256: hashed('sha256', 32),
  hs384: hashed('sha384', 48),
  hs512: hashed('sha512', 64),
  es256: { size: 32, fits: es256Readable, publicKey: es256Public, sign: es256Sign, verify: es256Verify },
  xaes256gcm: { size: 32, fits: fits32, encrypt: xaesEncrypt, decrypt: xaesDecrypt },
  // HMAC-SHA-512-256 of NaCl: the first half of the hash (NaCl, crypto_auth).
  nacl_auth: { ...hashed('sha512', 32, 32), fits: fits32 },
  nacl_sign: {
    size: 32,
    fits: ({ length }) => length === 32 || length === 64,
    publicKey: naclSignPublic,
    sign: naclSign,
    verify: naclVerify,
  },
  // Whom a box would be for is said nowhere: such a key can be kept and shown, not used.
  nacl_box: { size: 32, fits: fits32, publicKey: boxPublic },
  nacl_secretbox: {
    size: 32,
    fits: fits32,
    plain: true,
    encrypt: secretboxEncrypt,
    decrypt: secretboxDecrypt,
  },
}
