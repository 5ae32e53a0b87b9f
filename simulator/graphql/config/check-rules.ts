import type { z } from 'zod'
import { duration } from './amounts.ts'
import type { Check, FlyConfig } from './shape.ts'

/** Milliseconds (flyctl). */
const SHORTEST_INTERVAL = 2_000
const LONGEST_TIMEOUT = 60_000

/** A bare number in a check counts milliseconds, unlike everywhere else. */
const inCheck = (amount: number | string) => duration(amount, 1)

function kindErrors({ type, port }: z.infer<typeof Check>): string[] {
  if (type === undefined || port === undefined) return ['type and port are required']
  return type === 'http' || type === 'tcp' ? [] : [`type '${type}' is not http or tcp`]
}

function timeErrors({ interval, timeout, grace_period: grace }: z.infer<typeof Check>): string[] {
  const wrong = Object.entries({ interval, timeout, grace_period: grace }).filter(
    ([, amount]) => amount !== undefined && inCheck(amount) === undefined,
  )
  const often = interval !== undefined && (inCheck(interval) ?? SHORTEST_INTERVAL) < SHORTEST_INTERVAL
  const long = timeout !== undefined && (inCheck(timeout) ?? 0) > LONGEST_TIMEOUT
  return [
    ...wrong.map(([what, amount]) => `${what} '${amount}' is not a duration`),
    ...(often ? ['interval must be at least 2 seconds'] : []),
    ...(long ? ['timeout must be at most 60 seconds'] : []),
  ]
}

/** Checks of the top level. Those of services are clamped and so never wrong. */
export const checkErrors = ({ checks }: FlyConfig): string[] =>
  Object.entries(checks).flatMap(([name, check]) =>
    [...kindErrors(check), ...timeErrors(check)].map((problem) => `checks.${name}: ${problem}`),
  )
