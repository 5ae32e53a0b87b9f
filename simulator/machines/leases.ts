import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Answer, type Call, ok, type Route } from '../http/route.ts'
import type { Lease, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { machineFor } from './find-machine.ts'

export interface LeaseRequest {
  /** Seconds. */
  ttl: number
  owner: string
  description: string
}

const liveLease = ({ clock }: World, { lease }: Machine) => (lease && lease.expiresAt > clock.now() ? lease : undefined)

/** A new lease; who holds one already keeps it for longer. */
export function takeLease(world: World, machine: Machine, { ttl, owner, description }: LeaseRequest): Lease {
  const expiresAt = world.clock.now() + ttl * 1000
  const live = liveLease(world, machine)
  world.effects.add({ kind: 'lease', id: machine.id, change: live ? 'kept' : 'taken', to: owner })
  if (live) return Object.assign(live, { expiresAt })
  machine.lease = { nonce: world.random.hex(14), owner, description, expiresAt }
  return machine.lease
}

/** The docs and fly-go read the wrapped form, the API description shows the flat one: both are here. */
function leaseView(machine: Machine, lease: Lease, nonce: string): Record<string, unknown> {
  const data = {
    nonce,
    expires_at: Math.floor(lease.expiresAt / 1000),
    owner: lease.owner,
    description: lease.description,
    version: machine.instanceId,
  }
  return { status: 'success', data, ...data }
}

/** Seconds, where nobody says. Fly documents no figure. */
const DEFAULT_TTL = 60
const MOST = 86_400
const Body = z.looseObject({ ttl: z.int().positive().max(MOST).optional(), description: z.string().default('') })
const Query = z.looseObject({ ttl: z.coerce.number().int().positive().max(MOST).optional() })

const held = ({ owner, expiresAt }: Lease) =>
  new FlyError(
    409,
    `aborted: machine lease currently held by ${owner}, expires at ${new Date(expiresAt).toISOString()}`,
  )

function acquire(call: Call): Answer {
  const machine = machineFor(call)
  if (machine.state === 'destroyed') throw new FlyError(404, 'machine not found')
  const { ttl = parse(Query, call.query).ttl ?? DEFAULT_TTL, description } = parse(Body, call.body)
  const live = liveLease(call.world, machine)
  const nonce = call.header('fly-machine-lease-nonce')
  if (live && nonce !== live.nonce) throw held(live)
  const lease = takeLease(call.world, machine, { ttl, owner: call.principal.owner, description })
  return { status: 201, body: leaseView(machine, lease, lease.nonce) }
}

function show(call: Call): Answer {
  const machine = machineFor(call)
  const live = liveLease(call.world, machine)
  if (!live) throw new FlyError(404, 'lease not found')
  // With the nonce: whoever clears a lease of somebody else has it from here (flyctl).
  return ok(leaseView(machine, live, live.nonce))
}

function release(call: Call): Answer {
  const machine = machineFor(call)
  const live = liveLease(call.world, machine)
  const nonce = call.header('fly-machine-lease-nonce')
  if (nonce === undefined) throw new FlyError(400, 'the header fly-machine-lease-nonce is missing')
  if (!live) throw new FlyError(404, 'lease not found')
  if (nonce !== live.nonce) throw held(live)
  delete machine.lease
  call.world.effects.add({ kind: 'lease', id: machine.id, change: 'released' })
  return ok({ status: 'success' })
}

const LEASE = '/v1/apps/:app/machines/:machine/lease'

export const leaseRoutes: Route[] = [
  { method: 'GET', path: LEASE, handle: show },
  { method: 'POST', path: LEASE, handle: acquire },
  { method: 'DELETE', path: LEASE, handle: release },
]
