import { expect } from 'vitest'
import { type Client, type Reply, simulatorInProcess } from '../../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../../world/clock.ts'
import type { Machine } from '../../world/types.ts'

/** One random thing to do: which, with what, and a number for everything else about it. */
export interface Step {
  name: string
  pick: number
  n: number
}

/** A small platform to play on, and what the player remembers of it. */
export interface Ground {
  client: Client
  /** Every machine that was ever made, oldest first. */
  ids: string[]
  /** The nonces the player got. */
  nonces: Map<string, string>
  volumes: string[]
  /** Requests that may take a machine from wherever it is. */
  forced: Set<string>
}

/** Something to do; what was answered, where somebody asked. */
export type Operation = (ground: Ground, step: Step) => Promise<Reply | undefined>

export const ORG = 'acme-workspaces'
/** One is chosen more often, so that machines meet. */
export const REGIONS = ['fra', 'fra', 'iad']
export const APPS = ['play-one', 'play-two']
const FLEET = 22

export async function createGround(seed: number): Promise<Ground> {
  const clock = createVirtualClock(VIRTUAL_START)
  const client = simulatorInProcess({ clock, delayScale: 1, machines: FLEET, seed })
  const ground = { client, ids: [], nonces: new Map(), volumes: [], forced: new Set<string>() }
  for (const app of APPS) await createApp(ground, app)
  return ground
}

/** An app that visitors find. */
export async function createApp({ client }: Ground, name: string): Promise<void> {
  await client.ask('POST', '/v1/apps?wait=true', { body: { name, org_slug: ORG } })
  await client.ask('POST', `/v1/apps/${name}/ip_assignments`, { body: { type: 'shared_v4' } })
}

/** One of a list, by any number; the list's first when it is empty is nothing at all. */
export const choose = <Item>(items: readonly Item[], n: number): Item | undefined => items[n % items.length]

/** One of the machines that are there; every eighth time one of all there ever were. */
export function pickId({ ids, client: { world } }: Ground, { pick, n }: Step): string {
  const there = APPS.flatMap((app) => [...(world.apps.get(app)?.machines ?? [])])
  return choose(n % 8 === 0 || there.length === 0 ? ids : there, pick) ?? 'none'
}

export const pickMachine = (ground: Ground, step: Step): Machine | undefined =>
  ground.client.world.machines.get(pickId(ground, step))

export const requestOf = ({ headers }: Reply): string => headers.get('fly-request-id') ?? ''

export interface Command {
  method: string
  /** What follows the id of the machine. */
  suffix?: string
  body?: unknown
}

/** Sends a write to a machine, with the right nonce, a wrong one or none; without the right one nothing may happen. */
export async function write(ground: Ground, step: Step, { method, suffix = '', body }: Command): Promise<Reply> {
  const { client, nonces } = ground
  const { world } = client
  const id = pickId(ground, step)
  const machine = world.machines.get(id)
  const nonce = [undefined, 'wrong', nonces.get(id), nonces.get(id)][step.n % 4]
  const lease = machine?.lease
  const barred = lease !== undefined && lease.expiresAt > world.clock.now() && nonce !== lease.nonce
  const before = world.effects.list().length
  const reply = await client.ask(method, `/v1/apps/${machine?.app ?? APPS[0]}/machines/${id}${suffix}`, {
    ...(body === undefined ? {} : { body }),
    headers: nonce === undefined ? {} : { 'fly-machine-lease-nonce': nonce },
  })
  // Releasing a lease without any nonce is a mistake of another kind.
  const refusal = method === 'DELETE' && suffix === '/lease' && nonce === undefined ? 400 : 409
  if (barred && machine?.state !== 'destroyed')
    expect(reply.status, `${method} ${suffix} against a lease`).toBe(refusal)
  if (reply.status >= 400) expect(world.effects.list().slice(before), `${method} ${suffix} was refused`).toEqual([])
  return reply
}
