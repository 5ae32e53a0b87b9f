import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deploys } from '../contracts/deploys.ts'
import { newImageLabel } from './image-label.ts'

test('labels are valid tags and sort by time', () => {
  const moment = fc.integer({ min: 1_000_000_000_000, max: 4_000_000_000_000 })
  fc.assert(
    fc.property(moment, moment, (left, right) => {
      const [first, second] = [left, right].map((at) => newImageLabel({ at, random: Math.random }))
      expect(deploys.start.input.shape.imageLabel.safeParse(first).success).toBe(true)
      if (left !== right && first && second) expect(first < second).toBe(left < right)
    }),
  )
})
