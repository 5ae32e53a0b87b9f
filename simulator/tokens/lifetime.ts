import { badRequest } from '../http/fly-error.ts'

const HOUR = 3_600_000
const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: HOUR }
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g
const DURATION = /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/

/** Milliseconds of the 20 years that a token lives when nobody says otherwise (flyctl). */
export const TWENTY_YEARS = 175_200 * HOUR

/** Milliseconds of a duration as Go writes it: `48h`, `175200h0m0s`. */
export function lifetime(expiry: string | null | undefined): number {
  if (!expiry) return TWENTY_YEARS
  if (!DURATION.test(expiry)) throw badRequest(`time: invalid duration "${expiry}"`)
  return [...expiry.matchAll(PART)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0)
}
