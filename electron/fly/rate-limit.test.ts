import fc from 'fast-check'
import { expect, test } from 'vitest'
import { book, createRateLimits, freeShare } from './rate-limit.ts'

const rate = fc.record({ perSecond: fc.integer({ min: 1, max: 10 }), burst: fc.integer({ min: 1, max: 20 }) })
const pauses = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 })

test('however requests arrive, no second ever sees more than the burst and the rate allow', () => {
  fc.assert(
    fc.property(rate, pauses, (limits, gaps) => {
      const sent: number[] = []
      let now = 0
      let fullAt = 0
      for (const gap of gaps) {
        now += gap
        const booked = book(fullAt, now, limits)
        fullAt = booked.fullAt
        sent.push(now + booked.waitMs)
      }
      for (const from of sent) {
        const inWindow = sent.filter((at) => at >= from && at < from + 1000 - 1e-6).length
        expect(inWindow).toBeLessThanOrEqual(limits.burst + limits.perSecond)
      }
      expect(sent).toEqual([...sent].sort((a, b) => a - b))
    }),
  )
})

test('a quiet bucket lets a whole burst through at once', () => {
  fc.assert(
    fc.property(rate, fc.integer({ min: 0, max: 1e6 }), (limits, now) => {
      let fullAt = 0
      for (let request = 0; request < limits.burst; request += 1) {
        const booked = book(fullAt, now, limits)
        expect(booked.waitMs).toBeCloseTo(0)
        fullAt = booked.fullAt
      }
      expect(book(fullAt, now, limits).waitMs).toBeGreaterThan(0)
    }),
  )
})

test('the free share falls from one to nothing as a bucket is used', () => {
  const limits = { perSecond: 1, burst: 3 }
  expect([0, 1500, 3000, 9000].map((fullAt) => freeShare(fullAt, 0, limits))).toEqual([1, 0.5, 0, 0])
})

test('keys do not share a bucket', async () => {
  const limits = createRateLimits(() => 0)
  const { signal } = new AbortController()
  for (const id of ['a', 'b', 'c', 'd', 'e']) await limits.take({ action: 'start', id }, signal)
  expect(limits.free()).toBeCloseTo(2 / 3)
  await limits.take({ action: 'stop', id: 'a' }, signal)
  await limits.take({ action: 'start', id: 'a' }, signal)
  expect(limits.free()).toBeCloseTo(1 / 3)
})

test('reading a machine has the larger bucket', async () => {
  const limits = createRateLimits(() => 0)
  const { signal } = new AbortController()
  for (let read = 0; read < 10; read += 1) await limits.take({ action: 'get-machine', id: 'a' }, signal)
  expect(limits.free()).toBe(0)
})

test('a request that gives up while it waits gives its place back', async () => {
  const limits = createRateLimits(() => 0)
  const controller = new AbortController()
  const key = { action: 'create', id: 'app' }
  for (let request = 0; request < 2; request += 1) await limits.take(key, controller.signal)
  expect(limits.free()).toBeCloseTo(1 / 3)
  await limits.take(key, controller.signal)
  const waiting = limits.take(key, controller.signal)
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  limits.refused({ action: 'other', id: 'x' })
  expect(limits.free()).toBe(0)
})

test('an answer of 429 empties the bucket', () => {
  const limits = createRateLimits(() => 0)
  limits.refused({ action: 'list', id: 'app' })
  expect(limits.free()).toBe(0)
})
