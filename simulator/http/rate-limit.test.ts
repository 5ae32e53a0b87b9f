import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVirtualClock } from '../world/clock.ts'
import { FlyError } from './fly-error.ts'
import { createRateLimiter, limitOf, type RateLimits } from './rate-limit.ts'

const USUAL = limitOf('POST', '/v1/apps/:app/machines')

/** Which of the requests at these seconds are let through. */
function admitted(limits: RateLimits, seconds: readonly number[]): number[] {
  const clock = createVirtualClock(0)
  const limiter = createRateLimiter(clock, limits)
  return seconds.filter((second) => {
    clock.moveTo(second * 1000)
    try {
      limiter.take('create', USUAL)
      return true
    } catch (error) {
      expect(error).toBeInstanceOf(FlyError)
      return false
    }
  })
}

test('the documented limit lets a burst of three through, then one a second', () => {
  expect(admitted('documented', [0, 0, 0, 0, 0.5, 1, 1.5, 2])).toEqual([0, 0, 0, 1, 2])
})

test('without a burst two at once are one too many', () => {
  expect(admitted('no-burst', [0, 0, 0.5, 1, 2, 2])).toEqual([0, 1, 2])
})

test('with a slow refill the burst is there once, and then one every two seconds', () => {
  expect(admitted('slow-refill', [0, 0, 0, 1, 2, 3, 4])).toEqual([0, 0, 0, 2, 4])
})

test('who is refused and does not wait is kept out, and told for how long', () => {
  expect(admitted('penalty', [0, 0, 0, 0, 1, 2, 6.9, 7])).toEqual([0, 0, 0])
  expect(admitted('penalty', [0, 0, 0, 0, 5])).toEqual([0, 0, 0, 5])
  const limiter = createRateLimiter(createVirtualClock(0), 'penalty')
  const take = () => limiter.take('create', USUAL)
  for (let time = 0; time < 3; time += 1) take()
  expect(take).toThrow(expect.objectContaining({ httpStatus: 429, headers: { 'retry-after': '5' } }))
})

test('off lets everything through', () => {
  expect(admitted('off', [0, 0, 0, 0, 0])).toHaveLength(5)
})

test('no reading of the limits lets more through than the documented one', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 60 })
  const property = fc.property(moments, (tenths) => {
    const seconds = tenths.toSorted((a, b) => a - b).map((tenth) => tenth / 10)
    const most = admitted('documented', seconds).length
    for (const limits of ['no-burst', 'slow-refill', 'penalty'] as const) {
      expect(admitted(limits, seconds).length).toBeLessThanOrEqual(most)
    }
    expect(most).toBeLessThanOrEqual(USUAL.burst + 20 * USUAL.perSecond)
  })
  fc.assert(property)
})
