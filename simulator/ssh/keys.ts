import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import type { Random } from '../world/random.ts'
import { readWire, string, uint32 } from './wire.ts'

export const ED25519 = 'ssh-ed25519'

/** An ed25519 key pair. */
export interface SshKey {
  /** The 32 bytes of the public half. */
  public: Buffer
  /** The public half as SSH sends it. */
  blob: Buffer
  /** A signature as SSH sends it. */
  sign(content: Buffer): Buffer
  /** The private half in OpenSSH's file format. */
  file: string
}

/** What stands before the 32 bytes in PKCS#8 and in SPKI (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** The same random numbers give the same key. */
export const makeKey = (random: Random): SshKey => keyOf(Buffer.from(random.hex(64), 'hex'))

/** One that nobody can foresee, for a client. ssh2 makes one in 256 a byte too short: it drops zeros in front. */
export const freshKey = (): SshKey => keyOf(randomBytes(32))

/** The line of a public half, as `authorized_keys` has it. */
export const publicLine = ({ blob }: SshKey): string => `${ED25519} ${blob.toString('base64')}`

function keyOf(seed: Buffer): SshKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const half = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
  const blob = publicBlob(half)
  return {
    public: half,
    blob,
    sign: (content) => Buffer.concat([string(ED25519), string(sign(null, content, key))]),
    file: privateFile(Buffer.concat([seed, half]), blob),
  }
}

export const publicBlob = (half: Buffer): Buffer => Buffer.concat([string(ED25519), string(half)])

/** The 32 bytes of a line `ssh-ed25519 AAAA… comment`; undefined when it is anything else. */
export function readPublicKey(line: string): Buffer | undefined {
  const [type, encoded = ''] = line.trim().split(/\s+/)
  if (type !== ED25519) return undefined
  try {
    const reader = readWire(Buffer.from(encoded, 'base64'))
    const named = reader.string().toString() === ED25519
    const half = reader.string()
    return named && half.length === 32 ? half : undefined
  } catch {
    // Not the bytes of a key.
    return undefined
  }
}

/** `signature` with or without the name of its algorithm: clients differ. */
export function isSigned({ half, content, signature }: { half: Buffer; content: Buffer; signature: Buffer }): boolean {
  const bytes = signature.length === 64 ? signature : signatureBytes(signature)
  return bytes !== undefined && verify(null, content, toKey(half), bytes)
}

function signatureBytes(signature: Buffer): Buffer | undefined {
  try {
    const reader = readWire(signature)
    return reader.string().toString() === ED25519 ? reader.string() : undefined
  } catch {
    // Not a signature.
    return undefined
  }
}

const toKey = (half: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, half]), format: 'der', type: 'spki' })

/** `openssh-key-v1`, without a passphrase (PROTOCOL.key of OpenSSH). */
function privateFile(pair: Buffer, blob: Buffer): string {
  const check = uint32(0)
  const content = Buffer.concat([check, check, blob, string(pair), string('')])
  // Padded to the block size, which is 8 without a cipher, with 1, 2, 3, …
  const padding = Buffer.from(Array.from({ length: (8 - (content.length % 8)) % 8 }, (_, index) => index + 1))
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    string('none'),
    string('none'),
    string(''),
    uint32(1),
    string(blob),
    string(Buffer.concat([content, padding])),
  ])
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n')
}
