import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { compileQuery, parseQuery, type QueryFields, rememberText } from './fleet-query.ts'

interface Pet {
  name: string
  kind: string
}

const FIELDS: QueryFields<Pet> = {
  text: rememberText(({ name, kind }) => `${name} ${kind}`),
  keys: {
    name: { read: ({ name }) => name, match: 'part' },
    kind: { read: ({ kind }) => kind, match: 'start' },
  },
}
const PETS: Pet[] = [
  { name: 'Ada', kind: 'cat' },
  { name: 'Bo-ada', kind: 'dog' },
  { name: 'Cy', kind: 'catfish' },
]
const found = (query: string) =>
  PETS.filter(compileQuery(parseQuery(query, Object.keys(FIELDS.keys)), FIELDS)).map(({ name }) => name)

test('an empty query keeps everything', () => {
  expect(found('  ')).toEqual(['Ada', 'Bo-ada', 'Cy'])
})

test('free text hits anywhere, in any case', () => {
  expect(found('ADA')).toEqual(['Ada', 'Bo-ada'])
})

test('a key narrows, a comma widens, a minus turns round', () => {
  expect(found('kind:cat')).toEqual(['Ada', 'Cy'])
  expect(found('kind:dog,catf')).toEqual(['Bo-ada', 'Cy'])
  expect(found('-kind:cat')).toEqual(['Bo-ada'])
  expect(found('ada -dog')).toEqual(['Ada'])
})

test('a star stands for anything and the rest must fit from end to end', () => {
  expect(found('name:*ada')).toEqual(['Ada', 'Bo-ada'])
  expect(found('name:a*')).toEqual(['Ada'])
  expect(found('kind:cat kind:*t')).toEqual(['Ada'])
})

test('a key that is not known is plain text, and one without a value says nothing yet', () => {
  expect(parseQuery('colour:red', ['name'])).toEqual([{ values: ['colour:red'], not: false, source: 'colour:red' }])
  expect(found('name:')).toEqual(['Ada', 'Bo-ada', 'Cy'])
})

test('no text that a person may type breaks it', () =>
  assert(property(string(), (query) => found(query).length <= PETS.length)))
