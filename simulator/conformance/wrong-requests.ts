import type { Operation } from './description.ts'
import type { LivingWorld } from './living-world.ts'
import { fillPath, type Ingredients, neededBy, withQuery } from './requests.ts'
import type { Definitions } from './schema.ts'
import { NEVER_DONE } from './tolerated.ts'
import { wrongBodies } from './wrong-bodies.ts'

export interface WrongRequest {
  /** In words, with the place in the body: `config.image is 7`. */
  wrong: string
  path: string
  body(): string | undefined
  headers: Record<string, string>
  /** What such a request may get. */
  expected: readonly number[]
}

interface Good extends Ingredients {
  headers: Record<string, string>
}

/** Whoever may not ask at all is told so before anybody looks at the body. */
const refused = ({ name }: Operation) =>
  NEVER_DONE.some(({ operation }) => operation === name) ? [400, 422, 403] : [400, 422]
/** Path parameters that name something which has to be there. */
const NAMING = ['app_name', 'machine_id', 'volume_id', 'org_slug', 'hostname', 'ip']

/** Operations nobody needs a token for. */
const OPEN = ['GET /platform/regions']

const NONSENSE = { integer: 'many', boolean: 'perhaps', string: 'nonsense' } as const

/** Values no query parameter of the type takes; any text is a string unless it has to be one of some. */
function wrongQueries({ parameters }: Operation): { wrong: string; change: Record<string, unknown> }[] {
  return parameters.flatMap(({ name, in: where, required, schema }) => {
    if (where !== 'query') return []
    const missing = required ? [{ wrong: `${name} is missing`, change: { [name]: undefined } }] : []
    const text = schema.type === 'integer' || schema.type === 'boolean' ? NONSENSE[schema.type] : NONSENSE.string
    const choosy = schema.type !== 'string' || schema.enum !== undefined
    return choosy ? [...missing, { wrong: `${name} is ${text}`, change: { [name]: text } }] : missing
  })
}

/** Everything that can be wrong with a good request, each thing alone. */
export function wrongRequests(
  operation: Operation,
  { definitions, living, good }: { definitions: Definitions; living: LivingWorld; good: Good },
): WrongRequest[] {
  const path = fillPath(operation, living)
  const right = { path: withQuery(path, good.query), body: () => JSON.stringify(good.body), headers: good.headers }
  const bodies = operation.body
    ? wrongBodies(definitions, { schema: operation.body, body: good.body, needed: neededBy(operation) })
    : []
  const named = operation.parameters.filter(({ in: where, name }) => where === 'path' && NAMING.includes(name))
  const headers = operation.parameters.filter(({ in: where, required }) => where === 'header' && required)
  return [
    ...(OPEN.includes(operation.name)
      ? []
      : [{ ...right, wrong: 'no token', headers: { ...good.headers, authorization: '' }, expected: [401] }]),
    ...named.map(({ name }) => ({
      ...right,
      wrong: `${name} names nothing`,
      path: withQuery(fillPath(operation, living, { [name]: 'no-such-thing' }), good.query),
      expected: [404],
    })),
    ...headers.map(({ name }) => ({
      ...right,
      wrong: `the header ${name} is missing`,
      headers: {},
      expected: refused(operation),
    })),
    ...wrongQueries(operation).map(({ wrong, change }) => ({
      ...right,
      wrong,
      path: withQuery(path, { ...good.query, ...change }),
      expected: refused(operation),
    })),
    ...bodies.map(({ wrong, text }) => ({ ...right, wrong, body: text, expected: refused(operation) })),
  ]
}
