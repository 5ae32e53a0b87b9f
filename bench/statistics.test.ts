import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, p95 } from './statistics.ts'

const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 })

test('the median is the middle value, or the mean of the middle two', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(median([])).toBeNaN()
})

test('as many values lie below the median as above it', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const middle = median(values)
      const below = values.filter((value) => value < middle).length
      const above = values.filter((value) => value > middle).length
      expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2)
    }),
  )
})

test('p95 is one of the values, with at most one in twenty above it', () => {
  expect(p95(Array.from({ length: 100 }, (_, index) => index + 1))).toBe(95)
  fc.assert(
    fc.property(numbers, (values) => {
      const limit = p95(values)
      expect(values).toContain(limit)
      expect(values.filter((value) => value > limit).length).toBeLessThanOrEqual(values.length * 0.05)
    }),
  )
})
