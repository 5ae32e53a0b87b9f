import type { Operation } from './description.ts'

/** Statuses of refusals that the description leaves out and the docs and official clients tell of. */
const REFUSALS = [400, 403, 404, 409, 412, 422]
/** A deadline passes only where somebody waits. */
const WAITS = ['/wait', '/exec', '/machines']

/** Statuses a request with a good token may get. */
export function allowedStatuses({ answers, path }: Operation): number[] {
  const late = WAITS.some((end) => path.endsWith(end)) ? [408] : []
  return [...answers.keys(), ...REFUSALS, ...late].filter((status) => status < 500)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Codes a refusal may carry (Machines API description of 2026). */
const CODES: readonly unknown[] = ['unknown', 'insufficient_capacity', 'volume_placement_capacity', 'name_taken']

/** What is wrong with the body of a refusal: it is `{error, message?, status?, details?}`. */
export function refusalProblem(body: unknown): string | undefined {
  if (!isRecord(body)) return 'is no object'
  const { error, message, status, details } = body
  if (typeof error !== 'string' || error === '') return 'has no error'
  if (message !== undefined && typeof message !== 'string') return 'has a message that is no text'
  if (status !== undefined && !CODES.includes(status)) return `has the unknown status ${String(status)}`
  if (details !== undefined && !isRecord(details)) return 'has details that are no object'
  return undefined
}
