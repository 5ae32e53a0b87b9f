import { generateKeyPairSync, sign } from 'node:crypto'

/** One value of DER: tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const set = (...parts: Buffer[]) => der(0x31, ...parts)
const integer = (value: number) => der(0x02, Buffer.from([value]))
const object = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const text = (value: string) => der(0x0c, Buffer.from(value))
const time = (at: number) =>
  der(0x18, Buffer.from(`${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`))
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content)
const pem = (label: string, content: Buffer) =>
  `-----BEGIN ${label}-----\n${content.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

const COMMON_NAME = '550403'
const ALTERNATIVE_NAMES = '551d11'
const ECDSA_WITH_SHA256 = sequence(object('2a8648ce3d040302'))

/** A certificate that signs itself, with its key: made for one test and gone with it. */
export function selfSigned(hostname: string, { expiresAt }: { expiresAt: number }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = sequence(set(sequence(object(COMMON_NAME), text('Test Authority'))))
  const names = der(0x04, sequence(der(0x82, Buffer.from(hostname))))
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(0), time(expiresAt)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(sequence(object(ALTERNATIVE_NAMES), names))),
  )
  const certificate = sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, privateKey)))
  return {
    hostname,
    fullchain: pem('CERTIFICATE', certificate),
    private_key: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
  }
}
