import { crc32 } from 'node:zlib'

const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** What one block can hold. */
const LARGEST = 0xffff

/** Packs a few bytes without compressing them: zlib itself gives other bytes on other systems, and digests hang on them. */
export function gzipOf(bytes: Buffer): Buffer {
  if (bytes.length > LARGEST) throw new Error(`One block of gzip holds no ${bytes.length} bytes.`)
  const block = Buffer.alloc(5)
  block.writeUInt8(1)
  block.writeUInt16LE(bytes.length, 1)
  block.writeUInt16LE(~bytes.length & LARGEST, 3)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(bytes))
  trailer.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([HEADER, block, bytes, trailer])
}
