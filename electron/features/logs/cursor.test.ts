import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromNanoseconds } from '#shared/logs/nanoseconds.ts'
import { nextPause } from './backoff.ts'
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

test('the pace is flyctl’s: at once while pages are full, then 64 ms doubling to 4 s', () => {
  expect(nextPause(4096, 100)).toBe(0)
  expect(nextPause(4096, 1)).toBe(64)
  const idle = [0]
  for (let count = 0; count < 9; count += 1) idle.push(nextPause(idle.at(-1) ?? 0, 0))
  expect(idle).toEqual([0, 64, 128, 256, 512, 1024, 2048, 4096, 4096, 4096])
})
