import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Definitions, Schema } from './schema.ts'

const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: Schema,
})
export type Parameter = z.infer<typeof Parameter>

const Content = z.record(z.string(), z.object({ schema: Schema }))
const RawOperation = z.object({
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: Content, required: z.boolean().default(false) }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
})
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const Document = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), RawOperation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
})

export interface Operation {
  /** `GET /apps/{app_name}`: the ids of the description are not unique. */
  name: string
  method: Uppercase<(typeof METHODS)[number]>
  /** Without the base path `/v1`. */
  path: string
  parameters: Parameter[]
  body?: Schema
  /** By status; a status without a body has no schema. */
  answers: Map<number, { schema?: Schema; mediaTypes: string[] }>
}

export interface Description {
  operations: Operation[]
  definitions: Definitions
}

const UPPER = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const

function answersOf({ responses }: z.infer<typeof RawOperation>): Operation['answers'] {
  return new Map(
    Object.entries(responses).map(([status, { content = {} }]) => {
      const schema = Object.values(content)[0]?.schema
      return [Number(status), { ...(schema ? { schema } : {}), mediaTypes: Object.keys(content) }]
    }),
  )
}

function operationsOf(path: string, methods: z.infer<typeof Document>['paths'][string]): Operation[] {
  return METHODS.flatMap((method) => {
    const raw = methods[method]
    if (!raw) return []
    const body = raw.requestBody?.content['application/json']?.schema
    return [
      {
        name: `${UPPER[method]} ${path}`,
        method: UPPER[method],
        path,
        parameters: raw.parameters,
        ...(body ? { body } : {}),
        answers: answersOf(raw),
      },
    ]
  })
}

export function readDescription(text: string): Description {
  const { paths, components } = Document.parse(JSON.parse(text))
  return {
    definitions: components.schemas,
    operations: Object.entries(paths).flatMap(([path, methods]) => operationsOf(path, methods)),
  }
}

/** Where the description is kept: named by the environment, or beside the checkout. It is not part of it. */
export function findDescription(): string | undefined {
  const beside = new URL('../../../shared/fly/openapi.json', import.meta.url).pathname
  const path = process.env.FLY_OPENAPI ?? beside
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
