import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Packed, pack } from './messagepack.ts'
import { PackedReader } from './read-messagepack.ts'

const { value } = fc.letrec<{ value: Packed }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 20 }),
    fc.array(fc.tuple(fc.oneof(fc.string(), fc.nat()), tie('value')), { maxLength: 20 }).map((pairs) => new Map(pairs)),
  ),
}))

test('what is packed is read back, to the last byte', () => {
  fc.assert(
    fc.property(value, (packed) => {
      const reader = new PackedReader(pack(packed))
      expect(reader.read()).toEqual(packed)
      expect(reader.atEnd).toBe(true)
    }),
  )
})

test('numbers and lengths take the fewest bytes', () => {
  const sizes = [0, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32].map((number) => pack(number).length)
  expect(sizes).toEqual([1, 1, 2, 2, 3, 3, 5, 5, 9])
  expect(pack('x'.repeat(31))[0]).toBe(0xbf)
  expect(pack(Array.from({ length: 16 }, () => null))[0]).toBe(0xdc)
})

test('noise is read or refused with a RangeError, and never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      try {
        new PackedReader(noise).read()
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
  )
})

test('lists within lists end somewhere', () => {
  expect(() => new PackedReader(Buffer.alloc(100_000, 0x91)).read()).toThrow('too deep')
})
