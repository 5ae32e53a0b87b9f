import { field } from '../api.ts'

const EMPTY = new Set<unknown>([undefined, null, '', 0, false])

/** Some members of an object in this order. Empty ones are left out, as Go's `omitempty` does. */
export const pick = (value: unknown, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, field(value, name)] as const).filter(([, member]) => !isEmpty(member)))

function isEmpty(member: unknown): boolean {
  if (typeof member !== 'object' || member === null) return EMPTY.has(member)
  return Object.keys(member).length === 0
}
