import { expect, test } from 'vitest'
import { monthName, monthShare } from './month-share.ts'

test('half of November has passed at the end of the fifteenth', () => {
  expect(monthShare('2026-11', Date.UTC(2026, 10, 16))).toEqual({ share: 0.5, day: 16, days: 30 })
})

test('a month never passes more than whole', () => {
  expect(monthShare('2026-02', Date.UTC(2026, 5, 1))).toEqual({ share: 1, day: 28, days: 28 })
  expect(monthShare('2026-02', 0).share).toBe(0)
})

test('a month is called by its name', () => {
  expect(monthName('2026-11')).toBe('November 2026')
})
