/** The data types of the SSH protocol (RFC 4251): what keys, certificates and signatures are made of. */

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}

/** A length, then that many bytes. */
export function string(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([uint32(bytes.length), bytes])
}

/** Several strings in one. */
export const strings = (contents: readonly string[]): Buffer => string(Buffer.concat(contents.map(string)))

export interface WireReader {
  uint32(): number
  uint64(): bigint
  string(): Buffer
  /** Where the next item begins. */
  position(): number
  isAtEnd(): boolean
}

/** Reads one item after the other; a `RangeError` says that the bytes have ended too early. */
export function readWire(bytes: Buffer): WireReader {
  let at = 0
  const take = (length: number) => {
    if (at + length > bytes.length) throw new RangeError('the bytes end too early')
    at += length
    return bytes.subarray(at - length, at)
  }
  const uint32 = () => take(4).readUInt32BE()
  return {
    uint32,
    uint64: () => take(8).readBigUInt64BE(),
    string: () => take(uint32()),
    position: () => at,
    isAtEnd: () => at === bytes.length,
  }
}

/** The strings inside of a string. */
export function readStrings(bytes: Buffer): Buffer[] {
  const reader = readWire(bytes)
  const found: Buffer[] = []
  while (!reader.isAtEnd()) found.push(reader.string())
  return found
}
