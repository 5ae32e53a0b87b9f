import { z } from 'zod'

/** The part of JSON Schema that the API description uses. */
export const Schema = z.object({
  $ref: z.string().optional(),
  type: z.enum(['object', 'array', 'string', 'integer', 'number', 'boolean']).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), Schema).optional()
  },
  get items() {
    return Schema.optional()
  },
  get allOf() {
    return z.array(Schema).optional()
  },
  get additionalProperties() {
    return Schema.optional()
  },
})
export type Schema = z.infer<typeof Schema>

const REF = '#/components/schemas/'

/** Name of the schema a reference stands for; empty for one that stands for itself. */
export const nameOf = ({ $ref = '' }: Schema): string => ($ref.startsWith(REF) ? $ref.slice(REF.length) : '')

export type Definitions = Record<string, Schema>

/** The schema itself: references followed, the one part of an `allOf` put in its place. */
export function resolve(definitions: Definitions, schema: Schema): Schema {
  const referred = definitions[nameOf(schema)]
  if (referred) return resolve(definitions, referred)
  const [part] = schema.allOf ?? []
  return part ? resolve(definitions, part) : schema
}
