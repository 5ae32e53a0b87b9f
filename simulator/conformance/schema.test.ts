import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryOf } from './arbitrary.ts'
import { type Definitions, resolve, type Schema } from './schema.ts'
import { createValidator } from './validator.ts'
import { wrongBodies } from './wrong-bodies.ts'

const definitions: Definitions = {
  Pet: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      kind: { type: 'string', enum: ['cat', 'dog'] },
      age: { type: 'integer' },
      weight: { type: 'number' },
      tame: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'string' } },
      mother: { $ref: '#/components/schemas/Pet' },
      collar: { type: 'object', allOf: [{ $ref: '#/components/schemas/Colour' }] },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      anything: { type: 'object' },
    },
  },
  Colour: { type: 'string', enum: ['red', 'blue'] },
}
const PET: Schema = { $ref: '#/components/schemas/Pet' }
const making = { definitions, words: {}, needed: [] }
const validator = createValidator(definitions)

test('what is made from a schema fits it, however deep it goes', () => {
  fc.assert(fc.property(arbitraryOf(making, PET), (pet) => void expect(validator.misfits(PET, pet)).toEqual([])))
})

test('words stand where their names are, and what is needed is always there', () => {
  const words = { name: fc.constant('Tom'), 'mother.name': fc.constant('Ada') }
  const pets = arbitraryOf({ definitions, words, needed: ['mother.age'] }, PET)
  const family = { name: 'Tom', mother: { name: 'Ada', age: expect.any(Number) } }
  fc.assert(fc.property(pets, (pet) => void expect(pet).toMatchObject(family)))
})

test('each wrong body is wrong, and differs from the good one in one place', () => {
  const needed = ['name']
  const pets = arbitraryOf({ ...making, needed }, PET)
  fc.assert(
    fc.property(pets, (body) => {
      for (const { wrong, text: write } of wrongBodies(definitions, { schema: PET, body, needed })) {
        const text = write()
        if (wrong === 'not JSON') expect(() => JSON.parse(text), text).toThrow()
        else expect(validator.misfits(PET, JSON.parse(text)).length, `${wrong}: ${text}`).toBeGreaterThan(0)
      }
    }),
    { numRuns: 30 },
  )
})

test('misfits say where they are, in lists by a star, and unknown keys are none', () => {
  const places = (pet: unknown) => validator.misfits(PET, pet).map(({ path }) => path)
  expect(places({ name: 'Tom', stripes: 3 })).toEqual([])
  expect(places({ name: 7 })).toEqual(['name'])
  expect(places({})).toEqual(['name'])
  expect(places({ name: 'Tom', tags: ['a', 7], mother: { name: 'Ada', kind: 'fish' } }).sort()).toEqual([
    'mother.kind',
    'tags.*',
  ])
  expect(places({ name: 'Tom', collar: 'green' })).toEqual(['collar'])
  expect(places({ name: 'Tom', age: 1.5, anything: { at: 'all' } })).toEqual(['age'])
})

test('an answer shows the properties it has, by the name of their schema', () => {
  expect(validator.shown(PET, { name: 'Tom', age: null, mother: { name: 'Ada', tame: true } }).sort()).toEqual([
    'Pet.mother',
    'Pet.name',
    'Pet.name',
    'Pet.tame',
  ])
  expect(validator.showable(PET)).toHaveLength(10)
})

test('a reference and the one part of an allOf lead to the schema itself', () => {
  expect(resolve(definitions, PET).required).toEqual(['name'])
  expect(resolve(definitions, definitions.Pet?.properties?.collar ?? {})).toEqual(definitions.Colour)
  expect(resolve(definitions, { type: 'string' })).toEqual({ type: 'string' })
})
