import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { joinFilter, splitFilter } from './data-table-words.ts'

const KEYS = ['state', 'app']

test('a word becomes a token once a space follows it', () => {
  expect(splitFilter('state:stopped', KEYS)).toEqual({ tokens: [], rest: 'state:stopped' })
  expect(splitFilter('state:stopped ', KEYS)).toEqual({
    tokens: [{ key: 'state', value: 'stopped', not: false }],
    rest: '',
  })
})

test('a minus stays with its token, and plain words stay in the field', () => {
  expect(splitFilter('ada -app:ws-* http://x ', KEYS)).toEqual({
    tokens: [{ key: 'app', value: 'ws-*', not: true }],
    rest: 'ada http://x ',
  })
})

test('splitting what was joined gives the same words again', () =>
  assert(
    property(array(constantFrom('state:a', '-app:b*', 'ada', 'x:y', ' ')), (words) => {
      const once = splitFilter(`${words.join(' ')} `, KEYS)
      expect(splitFilter(joinFilter(once), KEYS)).toEqual(once)
    }),
  ))
