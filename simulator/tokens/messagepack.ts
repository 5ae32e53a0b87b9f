/** What a macaroon is made of. Bytes and text are two things in MessagePack. */
export type Packed = null | boolean | number | string | Uint8Array | Packed[] | Map<Packed, Packed>

const head = (first: number, size: number, value: number): Buffer => {
  const made = Buffer.alloc(1 + size)
  made[0] = first
  made.writeUIntBE(value, 1, size)
  return made
}

/** The shortest form a length or a whole number has, as Go's encoder chooses it. */
function sized(value: number, forms: [limit: number, first: number, size: number][]): Buffer {
  const form = forms.find(([limit]) => value <= limit)
  if (!form) throw new RangeError('too large for MessagePack')
  return form[2] === 0 ? Buffer.from([form[1] + value]) : head(form[1], form[2], value)
}

const U8 = 0xff
const U16 = 0xffff
const U32 = 0xffff_ffff

function packNumber(value: number): Buffer {
  if (!Number.isSafeInteger(value)) throw new RangeError('only whole numbers are packed')
  if (value >= 0 && value <= U32) {
    return sized(value, [
      [0x7f, 0, 0],
      [U8, 0xcc, 1],
      [U16, 0xcd, 2],
      [U32, 0xce, 4],
    ])
  }
  if (value < 0 && value >= -32) return Buffer.from([0x100 + value])
  const wide = Buffer.alloc(9)
  wide[0] = value < 0 ? 0xd3 : 0xcf
  wide.writeBigInt64BE(BigInt(value), 1)
  return wide
}

const packBytes = (bytes: Uint8Array) =>
  Buffer.concat([
    sized(bytes.length, [
      [U8, 0xc4, 1],
      [U16, 0xc5, 2],
      [U32, 0xc6, 4],
    ]),
    bytes,
  ])

function packText(text: string): Buffer {
  const bytes = Buffer.from(text)
  const length = sized(bytes.length, [
    [31, 0xa0, 0],
    [U8, 0xd9, 1],
    [U16, 0xda, 2],
    [U32, 0xdb, 4],
  ])
  return Buffer.concat([length, bytes])
}

/** What stands before the items of a list. */
export const listLength = (length: number) =>
  sized(length, [
    [15, 0x90, 0],
    [U16, 0xdc, 2],
    [U32, 0xdd, 4],
  ])

const packList = (items: Packed[]) => Buffer.concat([listLength(items.length), ...items.map(pack)])

const packMap = (entries: Map<Packed, Packed>) =>
  Buffer.concat([
    sized(entries.size, [
      [15, 0x80, 0],
      [U16, 0xde, 2],
      [U32, 0xdf, 4],
    ]),
    ...[...entries].flat().map(pack),
  ])

/** As Fly's macaroon library writes: compact numbers, structures as lists. */
export function pack(value: Packed): Buffer {
  if (value === null) return Buffer.from([0xc0])
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2])
  if (typeof value === 'number') return packNumber(value)
  if (typeof value === 'string') return packText(value)
  if (value instanceof Uint8Array) return packBytes(value)
  return Array.isArray(value) ? packList(value) : packMap(value)
}
