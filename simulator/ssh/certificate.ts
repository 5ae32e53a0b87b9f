import { isSigned, type SshKey } from './keys.ts'
import { readStrings, readWire, string, strings, uint32, uint64 } from './wire.ts'

export const CERTIFICATE = 'ssh-ed25519-cert-v01@openssh.com'

/** Names of the apps a certificate is for, comma-joined; without it, every app of the organisation. */
const APPS = 'apps@fly.io'
/** What a person's certificate allows, in the order of the alphabet, as OpenSSH wants it. */
const PERMITS = ['permit-agent-forwarding', 'permit-port-forwarding', 'permit-pty', 'permit-user-rc']
/** A certificate of a person, not of a host. */
const USER = 1

interface Certificate {
  /** The 32 bytes of the key that is certified. */
  key: Buffer
  serial: bigint
  keyId: string
  principals: string[]
  apps: string[]
  /** Seconds since 1970. */
  validAfter: number
  validBefore: number
}

/** An OpenSSH user certificate (PROTOCOL.certkeys of OpenSSH), as one line. */
export function signCertificate(authority: SshKey, nonce: Buffer, certificate: Certificate): string {
  const { key, serial, keyId, principals, apps, validAfter, validBefore } = certificate
  const extensions = [
    ...(apps.length > 0 ? [string(APPS), string(string(apps.join(',')))] : []),
    ...PERMITS.flatMap((name) => [string(name), string('')]),
  ]
  const signed = Buffer.concat([
    string(CERTIFICATE),
    string(nonce),
    string(key),
    uint64(serial),
    uint32(USER),
    string(keyId),
    strings(principals),
    uint64(BigInt(validAfter)),
    uint64(BigInt(validBefore)),
    string(''),
    string(Buffer.concat(extensions)),
    string(''),
    string(authority.blob),
  ])
  const whole = Buffer.concat([signed, string(authority.sign(signed))])
  return `${CERTIFICATE} ${whole.toString('base64')}`
}

/** What a certificate says, when this authority has signed it and it is a person's; undefined otherwise. */
export function readCertificate(authority: SshKey, bytes: Buffer): Certificate | undefined {
  try {
    return read(authority, bytes)
  } catch {
    // Not the bytes of a certificate.
    return undefined
  }
}

function read(authority: SshKey, bytes: Buffer): Certificate | undefined {
  const reader = readWire(bytes)
  const type = reader.string().toString()
  reader.string()
  const key = reader.string()
  const serial = reader.uint64()
  const kind = reader.uint32()
  const keyId = reader.string().toString()
  const principals = readStrings(reader.string()).map(String)
  const validAfter = Number(reader.uint64())
  const validBefore = Number(reader.uint64())
  reader.string()
  const extensions = readStrings(reader.string())
  reader.string()
  const signer = reader.string()
  const content = bytes.subarray(0, reader.position())
  const signature = reader.string()
  const isOurs = type === CERTIFICATE && kind === USER && signer.equals(authority.blob) && reader.isAtEnd()
  if (!isOurs || !isSigned({ half: authority.public, content, signature })) return undefined
  return { key, serial, keyId, principals, apps: appsOf(extensions), validAfter, validBefore }
}

/** Names and values take turns. */
function appsOf(extensions: Buffer[]): string[] {
  const place = extensions.findIndex((entry, index) => index % 2 === 0 && entry.toString() === APPS)
  const value = place < 0 ? undefined : extensions[place + 1]
  return value ? readWire(value).string().toString().split(',') : []
}
