import { createECDH, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** Bytes of a bare private key on the curve P-256. */
const SCALAR = 32

/** A bare scalar, or the DER forms Go writes (PKCS #8 and SEC 1). */
function privateKey(value: Buffer): KeyObject {
  if (value.length !== SCALAR) {
    const type = value.includes(Buffer.from('06072a8648ce3d0201', 'hex')) ? 'pkcs8' : 'sec1'
    return createPrivateKey({ key: value, format: 'der', type })
  }
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(value)
  const point = curve.getPublicKey()
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: value.toString('base64url'),
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
}

export function es256Readable(value: Buffer): boolean {
  try {
    return privateKey(value).asymmetricKeyDetails?.namedCurve === 'prime256v1'
  } catch {
    // Whatever the library has against it: it is no key.
    return false
  }
}

export const es256Public = (value: Buffer) => createPublicKey(privateKey(value)).export({ format: 'der', type: 'spki' })

/** r and s side by side, as in a JSON web signature. */
export const es256Sign = (value: Buffer, plaintext: Buffer) =>
  sign('sha256', plaintext, { key: privateKey(value), dsaEncoding: 'ieee-p1363' })

export const es256Verify = (value: Buffer, { plaintext, signature }: { plaintext: Buffer; signature: Buffer }) =>
  verify('sha256', plaintext, { key: privateKey(value), dsaEncoding: 'ieee-p1363' }, signature)
