import { type Definitions, resolve, type Schema } from './schema.ts'

export interface WrongBody {
  /** What is wrong with it, in words. */
  wrong: string
  /** As it goes over the wire; not always JSON. Written out when it is wanted: a config has hundreds of them. */
  text(): string
}

interface Site {
  path: readonly (string | number)[]
  schema: Schema
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every place of a body that the schema speaks about. */
function sitesOf(definitions: Definitions, schema: Schema, value: unknown, path: Site['path'] = []): Site[] {
  const own = resolve(definitions, schema)
  const here: Site[] = path.length > 0 && value !== undefined && own.type ? [{ path, schema: own }] : []
  if (Array.isArray(value)) {
    return [...here, ...value.flatMap((item, at) => sitesOf(definitions, own.items ?? {}, item, [...path, at]))]
  }
  if (!isRecord(value)) return here
  const inside = Object.entries(value).flatMap(([name, member]) => {
    const about = own.properties?.[name] ?? own.additionalProperties
    return about ? sitesOf(definitions, about, member, [...path, name]) : []
  })
  return [...here, ...inside]
}

/** Values no decoder takes for the type; null is missing, since Go clients send it for what nobody set. */
const NEVER: Record<NonNullable<Schema['type']>, readonly unknown[]> = {
  string: [7, false, {}, ['a']],
  integer: ['seven', true, {}, [7], 1.5],
  number: ['seven', true, {}],
  boolean: ['maybe', 7, {}],
  array: ['#', 7, { a: 1 }],
  object: ['#', 7, [1]],
}

function replaced(value: unknown, path: Site['path'], next: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return next
  if (Array.isArray(value)) return value.map((item, at) => (at === first ? replaced(item, rest, next) : item))
  return isRecord(value) ? { ...value, [first]: replaced(value[first], rest, next) } : value
}

const wordOf = (path: Site['path']) => path.join('.')

function wrongValues(body: unknown, { path, schema }: Site): WrongBody[] {
  const types = (schema.type ? NEVER[schema.type] : []).map((value) => ({
    wrong: `${wordOf(path)} is ${JSON.stringify(value)}`,
    text: () => JSON.stringify(replaced(body, path, value)),
  }))
  if (!schema.enum) return types
  const outside = schema.type === 'string' ? 'out-of-enum' : 9999
  return [
    ...types,
    { wrong: `${wordOf(path)} is out of its enum`, text: () => JSON.stringify(replaced(body, path, outside)) },
  ]
}

/** Bodies that differ from a good one in one thing: a type, an enum, something needed that is missing, or JSON itself. */
export function wrongBodies(
  definitions: Definitions,
  { schema, body, needed }: { schema: Schema; body: unknown; needed: readonly string[] },
): WrongBody[] {
  return [
    { wrong: 'not JSON', text: () => `${JSON.stringify(body).slice(0, -1)},` },
    { wrong: 'a list', text: () => '[]' },
    { wrong: 'a number', text: () => '7' },
    ...needed.map((path) => ({
      wrong: `${path} is missing`,
      text: () => JSON.stringify(replaced(body, path.split('.'), undefined)),
    })),
    ...sitesOf(definitions, schema, body).flatMap((site) => wrongValues(body, site)),
  ]
}
