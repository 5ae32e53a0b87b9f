import { z } from 'zod'
import { type Actions, action, type Control, NOTHING } from './control.ts'
import type { Deed } from './faults.ts'

/** How an answer is told from the next one is not for a fault to say. */
const FRAMING = /^(connection|content-length|keep-alive|trailer|transfer-encoding|upgrade)$/i

/** What can stand in the head of an answer (RFC 9110). */
const Headers = z.record(
  z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'not the name of a header')
    .refine((name) => !FRAMING.test(name), 'is set by the server'),
  z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'not the value of a header'),
)

const Fault = z
  .object({
    method: z.string().toUpperCase().optional(),
    path: z.string().optional(),
    times: z.int().positive().default(1),
    rate: z.number().min(0).max(1).default(1),
    committed: z.boolean().default(false),
    delayMs: z.int().nonnegative().optional(),
    status: z.int().min(200).max(599).optional(),
    body: z.unknown().optional(),
    headers: Headers.optional(),
    garbage: z.boolean().default(false),
    reset: z.boolean().default(false),
    drop: z.boolean().default(false),
    truncate: z.boolean().default(false),
  })
  .transform(({ status, body, headers, garbage, reset, drop, truncate, committed, ...where }) => ({
    ...where,
    // Half of an answer needs an answer.
    committed: committed || truncate,
    deed: deedOf({ status, body, headers, garbage, reset, drop, truncate }),
  }))

interface Asked {
  status: number | undefined
  body: unknown
  headers: Record<string, string> | undefined
  garbage: boolean
  reset: boolean
  drop: boolean
  truncate: boolean
}

function deedOf({ status, body, headers, garbage, reset, drop, truncate }: Asked): Deed {
  if (reset) return { kind: 'reset' }
  if (drop) return { kind: 'drop' }
  if (truncate) return { kind: 'truncate' }
  if (garbage) return { kind: 'garbage' }
  return status === undefined ? { kind: 'none' } : { kind: 'answer', status, body, headers }
}

/** What goes wrong between the platform and its callers. */
export const faultActions = ({ world, faults }: Control): Actions => ({
  fail: action({
    says: 'the next requests to a path go wrong',
    body: Fault,
    act: (fault) => faults.add(fault),
  }),
  'clear-faults': action({ says: 'nothing goes wrong any more', body: NOTHING, act: () => faults.clear() }),
  offline: action({
    says: 'closes every connection',
    body: NOTHING,
    act() {
      faults.setOffline(true)
      world.guests.cut()
    },
  }),
  online: action({ says: 'stops closing every connection', body: NOTHING, act: () => faults.setOffline(false) }),
})
