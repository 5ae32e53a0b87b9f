import { z } from 'zod'
import type { FlyClient } from './client.ts'
import { maybe } from './lenient.ts'

export interface Lease {
  nonce?: string | undefined
  /** Who holds it: an e-mail or an identity. */
  owner?: string | undefined
  /** Unix seconds. */
  expiresAt?: number | undefined
  description?: string | undefined
}

const Flat = z.object({
  nonce: maybe(z.string()),
  owner: maybe(z.string()),
  expires_at: maybe(z.number()),
  description: maybe(z.string()),
})

/** Documentation and Fly's client wrap it in `data`; the specification shows it flat. */
const LeaseAnswer = z
  .union([z.object({ data: Flat }).transform(({ data }) => data), Flat])
  .transform(({ expires_at, ...lease }): Lease => ({ ...lease, expiresAt: expires_at }))

interface OfMachine {
  app: string
  id: string
  signal: AbortSignal
}

const leasePath = ({ app, id }: OfMachine) => `/v1/apps/${app}/machines/${id}/lease`

/** Who may write to the machine just now. `not-found` when nobody has reserved it. */
export function getLease(fly: FlyClient, machine: OfMachine): Promise<Lease> {
  const { id, signal } = machine
  const limit = { action: 'get-lease', id }
  return fly({ service: 'machines', path: leasePath(machine), limit, schema: LeaseAnswer, signal })
}
