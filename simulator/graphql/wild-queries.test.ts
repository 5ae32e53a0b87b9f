import fc from 'fast-check'
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { expect, test } from 'vitest'
import { simulatorInProcess } from '../test/client.ts'
import { schema } from './schema.ts'

/** Names of things that are there, so that not every answer is that there is nothing. */
const NAMES = [
  'acme-web',
  'acme-api',
  'acme-docs',
  'personal',
  'acme-workspaces',
  'org_acme_workspaces',
  '',
  'nothing',
  '-1',
]

const text = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 12 }))
const json = fc.jsonValue({ maxDepth: 2 })

/** A value that fits a type of the schema. */
function fitting(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return fitting(type.ofType, depth)
  if (isListType(type)) return fc.array(fitting(type.ofType, depth), { maxLength: 2 })
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const needed = fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name)
    const model = Object.fromEntries(fields.map((field) => [field.name, fitting(field.type, depth + 1)]))
    return fc.record(model, { requiredKeys: needed })
  }
  if (type.name === 'Boolean') return fc.boolean()
  if (type.name === 'Int')
    return fc.oneof(fc.constantFrom(-1, 0, 1, 3), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))
  if (type.name === 'JSON') return json.filter((value) => value !== null)
  return text
}

interface Picked {
  text: string
  variables: Record<string, unknown>
  declared: string[]
}

/** Some fields of a type and some of theirs, with their arguments as variables. */
function selection(type: GraphQLOutputType, depth: number): fc.Arbitrary<Picked> {
  const named = getNamedType(type)
  if (!isObjectType(named) && !isInterfaceType(named)) return fc.constant({ text: '', variables: {}, declared: [] })
  const fields = Object.values(named.getFields()).filter(
    ({ type: inner }) => depth > 0 || !isObjectType(getNamedType(inner)),
  )
  if (fields.length === 0) return fc.constant({ text: '{ __typename }', variables: {}, declared: [] })
  return fc
    .uniqueArray(fc.constantFrom(...fields), { minLength: 1, maxLength: 4, selector: ({ name }) => name })
    .chain((chosen) => fc.tuple(...chosen.map((field) => fieldOf(field, depth))))
    .map((parts) => join(parts))
}

const join = (parts: Picked[]): Picked => ({
  text: `{ __typename ${parts.map((part) => part.text).join(' ')} }`,
  variables: Object.assign({}, ...parts.map(({ variables }) => variables)),
  declared: parts.flatMap(({ declared }) => declared),
})

let unique = 0

const fieldOf = (field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<Picked> =>
  fc
    .tuple(
      fc.record(Object.fromEntries(field.args.map((one) => [one.name, fitting(one.type)]))),
      selection(field.type, depth - 1),
    )
    .map(([values, inner]) => {
      unique += 1
      const names = field.args.map((one) => ({ one, name: `v${unique}_${one.name}` }))
      const given = names.length > 0 ? `(${names.map(({ one, name }) => `${one.name}: $${name}`).join(', ')})` : ''
      return {
        text: `f${unique}: ${field.name}${given} ${inner.text}`,
        variables: {
          ...inner.variables,
          ...Object.fromEntries(names.map(({ one, name }) => [name, values[one.name]])),
        },
        declared: [...inner.declared, ...names.map(({ one, name }) => `$${name}: ${one.type}`)],
      }
    })

const operation = (kind: 'query' | 'mutation', root: GraphQLOutputType, depth: number) =>
  selection(root, depth).map(({ text: fields, variables, declared }) => {
    const head = declared.length > 0 ? `(${declared.join(', ')})` : ''
    return { query: `${kind}${head} ${fields}`, variables }
  })

const queries = schema.getQueryType()
const mutations = schema.getMutationType()

/** Errors that the simulator makes by itself, and not for the question. */
const OWN_FAULT = /INTERNAL_SERVER_ERROR|Cannot return null|cannot represent|is not a function|undefined|Cannot read/

test('whatever fits the schema is answered, and every field keeps its type', async () => {
  if (!queries || !mutations) throw new Error('no roots')
  const { ask } = simulatorInProcess({ delayScale: 0 })
  const any = fc.oneof(operation('query', queries, 3), operation('mutation', mutations, 2))
  await fc.assert(
    fc.asyncProperty(any, async (body) => {
      const answer = await ask('POST', '/graphql', { body })
      expect(answer.status, body.query).toBe(200)
      expect(JSON.stringify(answer.body), body.query).not.toMatch(OWN_FAULT)
      expect(JSON.stringify(answer.body), body.query).not.toContain('GRAPHQL_VALIDATION_FAILED')
    }),
    { numRuns: 400 },
  )
}, 60_000)

test('whatever does not fit is told as an error, and never a 500', async () => {
  const { ask } = simulatorInProcess({ delayScale: 0 })
  const broken = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '{',
      'query($a: Nothing) { viewer { email } }',
      'subscription { a }',
      '{ app(name: 5) { name } }',
      'fragment A on App { name }',
    ),
    fc.string().map((noise) => `{ app(name: "acme-web") { ${noise} } }`),
  )
  const body = fc.oneof(
    fc.record({ query: broken, variables: json, operationName: fc.option(text) }),
    fc.record({ query: fc.constant('query($name: String!) { app(name: $name) { id } }'), variables: json }),
    json,
  )
  await fc.assert(
    fc.asyncProperty(body, async (sent) => {
      const { status } = await ask('POST', '/graphql', { body: JSON.stringify(sent) })
      expect([200, 400]).toContain(status)
    }),
    { numRuns: 200 },
  )
}, 60_000)
