import { array, assert, boolean, integer, option, property } from 'fast-check'
import { expect, test } from 'vitest'
import { sortRows } from './data-table-sort.ts'

const PETS = [{ age: 3 }, {}, { age: 1 }, { age: 2 }, {}] as const satisfies { age?: number }[]
const sortValue = ({ age }: { age?: number }) => age

test('rows without a value stay last in either direction', () => {
  expect(sortRows({ rows: PETS, sortValue, descending: false })).toEqual([{ age: 1 }, { age: 2 }, { age: 3 }, {}, {}])
  expect(sortRows({ rows: PETS, sortValue, descending: true })).toEqual([{ age: 3 }, { age: 2 }, { age: 1 }, {}, {}])
})

test('sorting loses no row, keeps equal rows in order, and leaves its input alone', () =>
  assert(
    property(array(option(integer({ min: 0, max: 4 }), { nil: undefined })), boolean(), (keys, descending) => {
      const rows = keys.map((key, index) => ({ key, index }))
      const sorted = sortRows({ rows, sortValue: ({ key }) => key, descending })
      expect(rows.map(({ index }) => index)).toEqual(keys.map((_, index) => index))
      expect(new Set(sorted)).toEqual(new Set(rows))
      for (const [place, row] of sorted.entries()) {
        const next = sorted[place + 1]
        if (next && next.key === row.key) expect(next.index).toBeGreaterThan(row.index)
      }
    }),
  ))

test('a key is made once per row', () => {
  let made = 0
  const cache = new WeakMap()
  const count = ({ age }: { age?: number }) => {
    made += 1
    return age
  }
  sortRows({ rows: PETS, sortValue: count, descending: false, cache })
  sortRows({ rows: PETS, sortValue: count, descending: true, cache })
  expect(made).toBe(PETS.length)
})
