import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** DER that stands before the 32 bytes of a key of these curves in PKCS #8 (RFC 8410). */
const PKCS8 = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
}

const privateKey = (curve: keyof typeof PKCS8, seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8[curve], seed]), format: 'der', type: 'pkcs8' })

/** A public key in SubjectPublicKeyInfo ends with its 32 bytes. */
const publicBytes = (key: KeyObject) => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)

/** NaCl writes the seed and the public key one after the other; the seed alone will do. */
const signer = (value: Buffer) => privateKey('ed25519', value.subarray(0, 32))

export const naclSignPublic = (value: Buffer) => publicBytes(signer(value))

export const naclSign = (value: Buffer, plaintext: Buffer) => sign(null, plaintext, signer(value))

export const naclVerify = (value: Buffer, { plaintext, signature }: { plaintext: Buffer; signature: Buffer }) =>
  verify(null, plaintext, signer(value), signature)

export const boxPublic = (value: Buffer) => publicBytes(privateKey('x25519', value))
