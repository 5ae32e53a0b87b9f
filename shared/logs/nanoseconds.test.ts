import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalLevel } from './level.ts'
import { compareTimes, fromNanoseconds, toNanoseconds } from './nanoseconds.ts'

const time = fc.bigInt({ min: 0n, max: 4_102_444_800_000_000_000n })

test('a time survives the way to text and back to the nanosecond', () => {
  fc.assert(
    fc.property(time, (nanoseconds) => {
      expect(toNanoseconds(fromNanoseconds(nanoseconds))).toBe(nanoseconds)
    }),
  )
})

test('times compare as times, whatever the number of decimals', () => {
  fc.assert(
    fc.property(time, time, (one, two) => {
      const short = (value: bigint) => fromNanoseconds(value).replace(/0+Z$/, 'Z').replace('.Z', 'Z')
      expect(compareTimes(short(one), fromNanoseconds(two))).toBe(one < two ? -1 : Number(one > two))
    }),
  )
})

test('what is no time sorts last', () => {
  expect(['soon', '2026-11-21T10:00:00.5Z', '2026-11-21T10:00:00Z'].sort(compareTimes)).toEqual([
    '2026-11-21T10:00:00Z',
    '2026-11-21T10:00:00.5Z',
    'soon',
  ])
})

test.each([
  ['WARNING', 'warn'],
  ['fatal', 'error'],
  ['trace', 'debug'],
  ['', 'info'],
  ['loud', 'info'],
])('level %j is shown as %s', (given, shown) => {
  expect(normalLevel(given)).toBe(shown)
})
