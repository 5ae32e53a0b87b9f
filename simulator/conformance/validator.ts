import { z } from 'zod'
import { type Definitions, nameOf, resolve, type Schema } from './schema.ts'

export interface Misfit {
  /** Dotted path into the answer; list items are `*`. */
  path: string
  message: string
}

export interface Validator {
  /** Where a value does not fit a schema. Keys the schema does not know are allowed. */
  misfits(schema: Schema, value: unknown): Misfit[]
  /** Properties of named schemas a value shows: `Machine.state`. */
  shown(schema: Schema, value: unknown): string[]
  /** All properties a schema could show, without those of configs, which are only given back. */
  showable(schema: Schema): string[]
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where zod looks for what references stand for. */
const DEFINITIONS = '#/definitions/'

/** The description says `object` beside every `allOf`, even when the one part of it is a word or a number. */
function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten)
  if (!isRecord(value)) return typeof value === 'string' ? value.replace('#/components/schemas/', DEFINITIONS) : value
  const { type, ...rest } = value
  const kept = 'allOf' in value || type === undefined ? rest : { type, ...rest }
  return Object.fromEntries(Object.entries(kept).map(([name, member]) => [name, rewritten(member)]))
}

/** Configs and what is in them come back as they were sent. */
const isEcho = (name: string) => name.startsWith('fly.')

export function createValidator(definitions: Definitions): Validator {
  const known = new Map<string, z.ZodType>()
  const zodOf = (schema: Schema) => {
    const key = JSON.stringify(schema)
    const made =
      known.get(key) ??
      z.fromJSONSchema(z.record(z.string(), z.json()).parse(rewritten({ ...schema, definitions })), {
        defaultTarget: 'openapi-3.0',
      })
    known.set(key, made)
    return made
  }
  const shown = (schema: Schema, value: unknown): string[] => {
    const own = resolve(definitions, schema)
    const name = nameOf(schema)
    if (isEcho(name)) return []
    if (Array.isArray(value)) return value.flatMap((item) => shown(own.items ?? {}, item))
    if (!isRecord(value)) return []
    return Object.entries(own.properties ?? {}).flatMap(([property, about]) =>
      value[property] === undefined || value[property] === null
        ? []
        : [`${name}.${property}`, ...shown(about, value[property])],
    )
  }
  const showable = (schema: Schema, above: readonly string[] = []): string[] => {
    const name = nameOf(schema)
    if (isEcho(name) || above.includes(name)) return []
    const { items, properties = {} } = resolve(definitions, schema)
    const below = name === '' ? above : [...above, name]
    if (items) return showable(items, below)
    return Object.entries(properties).flatMap(([property, about]) => [`${name}.${property}`, ...showable(about, below)])
  }
  return {
    shown,
    showable,
    misfits(schema, value) {
      const { error } = zodOf(schema).safeParse(value)
      return (error?.issues ?? []).map(({ path, message }) => ({
        path: path.map((part) => (typeof part === 'number' ? '*' : String(part))).join('.'),
        message,
      }))
    },
  }
}
