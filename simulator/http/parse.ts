import { z } from 'zod'
import { badRequest } from './fly-error.ts'

/** A boolean in a query: `?force`, `?force=1`, `?force=true` and their opposites. */
export const Flag = z
  .enum(['true', 'false', '1', '0', ''])
  .transform((text) => text === 'true' || text === '1' || text === '')

/** Go clients send null for what nobody set: such members count as absent. */
export const withoutNulls = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
    : value

/** What came in, checked; otherwise a 400 that names the field. An absent body counts as `{}`. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value ?? {})
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw badRequest(`invalid request: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'malformed'}`)
}
