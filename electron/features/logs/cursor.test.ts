import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromNanoseconds } from '#shared/logs/nanoseconds.ts'
import { pauseAfterFailure, pauseAfterPage } from './backoff.ts'
import { advance, gapAfterRestart, START, withinRetention } from './cursor.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const nanoseconds = fc.bigInt({ min: 0n, max: BigInt(NOW) * 1_000_000n })

test('a cursor within what Fly keeps is left alone; an older one moves up and names the hole', () => {
  fc.assert(
    fc.property(nanoseconds, (position) => {
      const before = { token: String(position), lastSeen: fromNanoseconds(position) }
      const { cursor, gap } = withinRetention(before, NOW)
      const isOld = NOW - Number(position / 1_000_000n) > 7 * 24 * 3_600_000
      if (!isOld) expect({ cursor, gap }).toEqual({ cursor: before, gap: undefined })
      else expect(gap).toMatchObject({ from: before.lastSeen, to: '2026-11-14T10:00:00.000000000Z' })
    }),
  )
})

test('a token never moves back', () => {
  fc.assert(
    fc.property(nanoseconds, nanoseconds, (one, two) => {
      const { token } = advance({ token: String(one), lastSeen: undefined }, { entries: [], nextToken: String(two) })
      expect(BigInt(token ?? 0)).toBe(one > two ? one : two)
    }),
  )
})

test('after a restart a hole is named unless the answers overlap', () => {
  const before = { token: '1', lastSeen: '2026-11-21T09:00:00.5Z' }
  const entry = (timestamp: string) => ({ id: timestamp, timestamp })
  expect(gapAfterRestart(before, [entry('2026-11-21T09:00:00.5Z')])).toBeUndefined()
  expect(gapAfterRestart(before, [])).toBeUndefined()
  expect(gapAfterRestart(START, [entry('2026-11-21T09:00:00Z')])).toBeUndefined()
  expect(gapAfterRestart(before, [entry('2026-11-21T09:30:00Z')])).toMatchObject({
    from: '2026-11-21T09:00:00.5Z',
    to: '2026-11-21T09:30:00Z',
  })
})

test('the pace is flyctl’s while lines come, and slows down to 4 s in silence and trouble', () => {
  expect(pauseAfterPage(100, 0)).toBe(0)
  expect(pauseAfterPage(1, 0)).toBe(64)
  expect([1, 40, 41, 45, 60].map((polls) => pauseAfterPage(0, polls))).toEqual([128, 128, 256, 4096, 4096])
  expect([1, 2, 6, 20].map(pauseAfterFailure)).toEqual([128, 256, 4096, 4096])
})
