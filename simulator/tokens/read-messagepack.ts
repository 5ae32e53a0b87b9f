import type { Packed } from './messagepack.ts'

/** How deep lists may lie in lists: a macaroon needs six, and a hostile one must not exhaust the stack. */
const DEEPEST = 32

/** Reads one value after the other; throws a RangeError for whatever is cut off, too deep or of a kind macaroons never hold. */
export class PackedReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get position(): number {
    return this.#at
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** The length of a list, with its items still to be read. */
  readListLength(): number {
    const first = this.#byte()
    if (first >= 0x90 && first <= 0x9f) return first - 0x90
    if (first === 0xdc) return this.#unsigned(2)
    if (first === 0xdd) return this.#unsigned(4)
    throw new RangeError('a list was expected')
  }

  read(depth = 0): Packed {
    if (depth > DEEPEST) throw new RangeError('too deep')
    const first = this.#byte()
    if (first <= 0x7f) return first
    if (first <= 0x8f) return this.#map(first - 0x80, depth)
    if (first <= 0x9f) return this.#list(first - 0x90, depth)
    if (first <= 0xbf) return this.#take(first - 0xa0).toString('utf8')
    if (first >= 0xe0) return first - 0x100
    return this.#wide(first, depth)
  }

  #wide(first: number, depth: number): Packed {
    switch (first) {
      case 0xc0:
        return null
      case 0xc2:
      case 0xc3:
        return first === 0xc3
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return Uint8Array.from(this.#take(this.#unsigned(2 ** (first - 0xc4))))
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#unsigned(2 ** (first - 0xcc))
      case 0xcf:
        return Number(this.#take(8).readBigUInt64BE())
      case 0xd0:
      case 0xd1:
      case 0xd2:
        return this.#signed(2 ** (first - 0xd0))
      case 0xd3:
        return Number(this.#take(8).readBigInt64BE())
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#take(this.#unsigned(2 ** (first - 0xd9))).toString('utf8')
      case 0xdc:
      case 0xdd:
        return this.#list(this.#unsigned(2 ** (first - 0xdb)), depth)
      case 0xde:
      case 0xdf:
        return this.#map(this.#unsigned(2 ** (first - 0xdd)), depth)
      default:
        throw new RangeError('a kind of value that no macaroon holds')
    }
  }

  #list(length: number, depth: number): Packed[] {
    const items: Packed[] = []
    while (items.length < length) items.push(this.read(depth + 1))
    return items
  }

  #map(length: number, depth: number): Map<Packed, Packed> {
    const entries = new Map<Packed, Packed>()
    for (let count = 0; count < length; count += 1) entries.set(this.read(depth + 1), this.read(depth + 1))
    return entries
  }

  #byte(): number {
    return this.#take(1).readUInt8()
  }

  #unsigned(size: number): number {
    return this.#take(size).readUIntBE(0, size)
  }

  #signed(size: number): number {
    return this.#take(size).readIntBE(0, size)
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('cut off')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
