import type { Call } from '../http/route.ts'
import { readDuration } from './literals.ts'
import { badQuery } from './query-error.ts'

/** The parameters of a call, from its address and, of a POST, its form. */
export interface Parameters {
  one(name: string): string | undefined
  all(name: string): string[]
}

export function parametersOf({ query, body }: Call): Parameters {
  const form = new URLSearchParams(typeof body === 'string' ? body : '')
  for (const [name, value] of Object.entries(query ?? {}))
    for (const each of Array.isArray(value) ? value : [value]) form.append(name, String(each))
  return { one: (name) => form.get(name) ?? undefined, all: (name) => form.getAll(name) }
}

const refused = (name: string, text: string) =>
  badQuery(`invalid parameter "${name}": cannot parse "${text}" to a valid timestamp`)

/** Unix seconds with fractions, or RFC 3339, in milliseconds. */
export function timeOf({ one }: Parameters, name: string, usual: number | undefined): number {
  const text = one(name)
  if (text === undefined || text === '') {
    if (usual === undefined) throw refused(name, '')
    return usual
  }
  const seconds = Number(text)
  const time = Number.isFinite(seconds) ? Math.round(seconds * 1_000) : Date.parse(text)
  if (!Number.isFinite(time)) throw refused(name, text)
  return time
}

/** Seconds or a duration, in milliseconds. */
export function stepOf({ one }: Parameters): number {
  const text = one('step') ?? ''
  const step = readDuration(text)
  if (step === undefined) throw badQuery(`invalid parameter "step": cannot parse "${text}" to a valid duration`)
  if (step <= 0)
    throw badQuery('invalid parameter "step": zero or negative query resolution step widths are not accepted')
  return Math.round(step)
}

export function queryOf({ one }: Parameters): string {
  const text = one('query')
  if (!text) throw badQuery('invalid parameter "query": unknown position: parse error: no expression found in input')
  return text
}
