/** "expand 32-byte k" in four words. */
const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const

/** Indices of the four words of each quarter round: columns, then rows. */
const QUARTERS = [
  [0, 4, 8, 12],
  [5, 9, 13, 1],
  [10, 14, 2, 6],
  [15, 3, 7, 11],
  [0, 1, 2, 3],
  [5, 6, 7, 4],
  [10, 11, 8, 9],
  [15, 12, 13, 14],
] as const

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by))

function quarter(state: Uint32Array, [a, b, c, d]: (typeof QUARTERS)[number]): void {
  const word = (at: number) => state[at] ?? 0
  state[b] = word(b) ^ rotate((word(a) + word(d)) | 0, 7)
  state[c] = word(c) ^ rotate((word(b) + word(a)) | 0, 9)
  state[d] = word(d) ^ rotate((word(c) + word(b)) | 0, 13)
  state[a] = word(a) ^ rotate((word(d) + word(c)) | 0, 18)
}

/** The words of key and input where Salsa20 has them, and after twenty rounds. */
function core(key: Buffer, input: Buffer): { start: Uint32Array; end: Uint32Array } {
  const keyWord = (at: number) => key.readUInt32LE(4 * at)
  const inputWord = (at: number) => input.readUInt32LE(4 * at)
  const start = Uint32Array.from([
    SIGMA[0],
    ...[0, 1, 2, 3].map(keyWord),
    SIGMA[1],
    ...[0, 1, 2, 3].map(inputWord),
    SIGMA[2],
    ...[4, 5, 6, 7].map(keyWord),
    SIGMA[3],
  ])
  const end = start.slice()
  for (let round = 0; round < 20; round += 2) for (const four of QUARTERS) quarter(end, four)
  return { start, end }
}

function bytesOf(words: Iterable<number>): Buffer {
  const list = [...words]
  const bytes = Buffer.alloc(4 * list.length)
  list.forEach((word, at) => void bytes.writeUInt32LE(word >>> 0, 4 * at))
  return bytes
}

/** A key of its own for the first 16 bytes of a nonce (HSalsa20). */
function subkey(key: Buffer, nonce: Buffer): Buffer {
  const { end } = core(key, nonce)
  return bytesOf([0, 5, 10, 15, 6, 7, 8, 9].map((at) => end[at] ?? 0))
}

/** Key stream of XSalsa20, whose nonce has 24 bytes. */
export function xsalsa20(key: Buffer, nonce: Buffer, length: number): Buffer {
  const own = subkey(key, nonce.subarray(0, 16))
  const blocks: Buffer[] = []
  for (let count = 0; count * 64 < length; count += 1) {
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64LE(BigInt(count))
    const { start, end } = core(own, Buffer.concat([nonce.subarray(16), counter]))
    blocks.push(bytesOf(end.map((word, at) => word + (start[at] ?? 0))))
  }
  return Buffer.concat(blocks).subarray(0, length)
}
