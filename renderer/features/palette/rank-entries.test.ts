import { expect, test } from 'vitest'
import { rankEntries } from './rank-entries.ts'

const ENTRIES = [
  { group: 'Go to', label: 'Machines' },
  { group: 'Commands', label: 'Stop acme-web', hint: 'plan first' },
  ...Array.from({ length: 50 }, (_, index) => ({
    group: 'Machines',
    label: `ws-${index}`,
    hint: `148e21ea7de9${index}`,
  })),
]

const labels = (query: string) => rankEntries(ENTRIES, query).map(({ entry }) => entry.label)

test('without a query every group shows its first entries', () => {
  expect(labels('')).toEqual(['Machines', 'Stop acme-web', 'ws-0', 'ws-1', 'ws-2', 'ws-3', 'ws-4', 'ws-5'])
})

test('a machine is found by its name and by its id', () => {
  expect(labels('ws-42')[0]).toBe('ws-42')
  expect(labels('148e21ea7de949')).toEqual(['ws-49'])
})

test('words may come in any order', () => {
  expect(labels('acme stop')).toEqual(['Stop acme-web'])
})

test('what matches in the label is marked, what matches in the hint is not', () => {
  expect(rankEntries(ENTRIES, 'stop')[0]?.marks).toEqual([[0, 4]])
  expect(rankEntries(ENTRIES, 'plan')[0]?.marks).toEqual([])
})

test('nothing is found for what is nowhere', () => {
  expect(labels('zzzqqq')).toEqual([])
})
