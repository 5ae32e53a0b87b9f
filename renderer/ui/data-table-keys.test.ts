import { expect, test } from 'vitest'
import { destination, tableCommand } from './data-table-keys.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  tableCommand({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })
const place = { from: 4, count: 10, perPage: 4 }
const led = (key: string, from = place.from) => {
  const command = press(key)
  return command && destination(command, { ...place, from })
}

test('arrows and J K go one row, page keys a screen, Home and End to the edges', () => {
  expect([led('ArrowDown'), led('j'), led('ArrowUp'), led('k')]).toEqual([5, 5, 3, 3])
  expect([led('PageDown'), led('PageUp'), led('Home'), led('End')]).toEqual([7, 1, 0, 9])
})

test('nothing leads over the edge', () => {
  expect([led('ArrowDown', 9), led('ArrowUp', 0), led('PageDown', 8)]).toEqual([9, 0, 9])
  expect(destination({ type: 'move', by: 1, mark: false }, { from: -1, count: 0, perPage: 4 })).toBeUndefined()
})

test('without a current row down begins at the first and up at the last', () => {
  expect([led('ArrowDown', -1), led('ArrowUp', -1)]).toEqual([0, 9])
})

test('Shift marks on the way; Ctrl+A marks all; other chords are not for the table', () => {
  expect(press('ArrowDown', { shiftKey: true })).toEqual({ type: 'move', by: 1, mark: true })
  expect(press('a', { ctrlKey: true })).toEqual({ type: 'mark-all' })
  expect(press('a', { metaKey: true })).toEqual({ type: 'mark-all' })
  expect(press('c', { ctrlKey: true })).toBeUndefined()
  expect(press('ArrowDown', { altKey: true })).toBeUndefined()
  expect(press('s')).toBeUndefined()
})
