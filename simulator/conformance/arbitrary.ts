import fc from 'fast-check'
import { type Definitions, resolve, type Schema } from './schema.ts'

/** Values that mean something, by the name of a property, or by the names of its parent and itself: `checks.protocol`. */
export type Words = Record<string, fc.Arbitrary<unknown>>

export interface Making {
  definitions: Definitions
  words: Words
  /** Dotted paths that are always there, from the root of the body. */
  needed: readonly string[]
}

interface Place {
  /** Names from the root down; list items and map values carry the name of what holds them. */
  path: readonly string[]
  depth: number
}

/** Deeper than any body anyone writes, and short enough to stay small. */
const DEEPEST = 7

const KEY = fc.stringMatching(/^[a-z]{1,8}$/)

/** There every other time; JSON leaves out what is undefined. */
export const maybe = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.option(value, { freq: 2, nil: undefined })

function scalar({ type, enum: choices }: Schema): fc.Arbitrary<unknown> {
  if (choices && choices.length > 0) return fc.constantFrom(...choices)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer({ min: 0, max: 100 })
  if (type === 'number') return fc.double({ min: 0, max: 1, noNaN: true })
  return fc.string({ maxLength: 12 })
}

function object(making: Making, { properties = {}, required = [] }: Schema, { path, depth }: Place) {
  const here = path.join('.')
  const always = (name: string) => {
    const full = here === '' ? name : `${here}.${name}`
    return required.includes(name) || making.needed.some((one) => one === full || one.startsWith(`${full}.`))
  }
  const names = Object.keys(properties).filter((name) => depth < DEEPEST || always(name))
  const member = (name: string) => {
    const value = arbitraryOf(making, properties[name] ?? {}, { path: [...path, name], depth: depth + 1 })
    return always(name) ? value : maybe(value)
  }
  return fc.record(Object.fromEntries(names.map((name) => [name, member(name)])))
}

function wordFor({ words }: Making, path: readonly string[]): fc.Arbitrary<unknown> | undefined {
  const name = path.at(-1) ?? ''
  return words[path.slice(-2).join('.')] ?? words[name]
}

/** Values that fit a schema: those that have words where there are any, anything of the right type elsewhere. */
export function arbitraryOf(
  making: Making,
  schema: Schema,
  place: Place = { path: [], depth: 0 },
): fc.Arbitrary<unknown> {
  const word = place.path.length > 0 ? wordFor(making, place.path) : undefined
  if (word) return word
  const own = resolve(making.definitions, schema)
  const inside = { ...place, depth: place.depth + 1 }
  if (own.type === 'array') return fc.array(arbitraryOf(making, own.items ?? {}, inside), { maxLength: 2 })
  if (own.additionalProperties) {
    return fc.dictionary(KEY, arbitraryOf(making, own.additionalProperties, inside), { maxKeys: 2 })
  }
  if (own.type === 'object') return own.properties ? object(making, own, place) : fc.constant({})
  return scalar(own)
}
