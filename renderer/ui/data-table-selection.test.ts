import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { coverage, type Marks, markRange, NO_MARKS, toggleMark } from './data-table-selection.ts'

const ORDER = ['a', 'b', 'c', 'd', 'e']
const PLACE = integer({ min: 0, max: 4 })
const list = ({ ids }: Marks) => [...ids].sort()

test('marking twice unmarks', () => {
  expect(list(toggleMark(toggleMark(NO_MARKS, 'a'), 'a'))).toEqual([])
})

test('a range runs from the anchor in either direction', () => {
  expect(list(markRange(toggleMark(NO_MARKS, 'b'), 'd', ORDER))).toEqual(['b', 'c', 'd'])
  expect(list(markRange(toggleMark(NO_MARKS, 'd'), 'b', ORDER))).toEqual(['b', 'c', 'd'])
})

test('a range whose anchor is out of sight begins where it ends', () => {
  expect(list(markRange({ ids: new Set(), anchor: 'gone' }, 'c', ORDER))).toEqual(['c'])
})

test('a range marks as many rows as lie between its ends', () =>
  assert(
    property(PLACE, PLACE, (from, to) => {
      const marks = markRange(toggleMark(NO_MARKS, ORDER[from] ?? ''), ORDER[to] ?? '', ORDER)
      expect(marks.ids.size).toBe(Math.abs(from - to) + 1)
    }),
  ))

test('marks of rows that are not shown do not count', () => {
  expect(coverage(new Set(['z']), ORDER)).toBe('none')
  expect(coverage(new Set(['a']), ORDER)).toBe('some')
  expect(coverage(new Set([...ORDER, 'z']), ORDER)).toBe('all')
  expect(coverage(new Set(), [])).toBe('none')
})
