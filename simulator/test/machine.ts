import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'
import type { Machine } from '../world/types.ts'
import { type Client, MachineSeen, simulatorInProcess } from './client.ts'

/** A simulator whose time stands still until it is moved. */
export const standingStill = (): Client =>
  simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1, machines: 30 })

export const APP = 'acme-docs'
export const MACHINES = `/v1/apps/${APP}/machines`
export const SMALL = { image: `registry.fly.io/${APP}:latest`, guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 } }

export interface Launched {
  path: string
  /** The machine as the platform has it. */
  machine: Machine
}

/** Makes a machine and lets ten seconds pass: it runs, unless it was to lie or to end. */
export async function launch(client: Client, config: object = {}, body: object = {}): Promise<Launched> {
  const asked = { region: 'fra', config: { ...SMALL, ...config }, ...body }
  const reply = await client.ask('POST', MACHINES, { body: asked })
  const { id } = MachineSeen.parse(reply.body)
  await client.advance(10_000)
  const machine = client.world.machines.get(id)
  if (!machine) throw new Error(`${id} is gone already.`)
  return { path: `${MACHINES}/${id}`, machine }
}

/** The newest events, newest first: `type status source`. */
export const story = ({ events }: Machine, count: number): string[] =>
  events.slice(0, count).map(({ type, status, source }) => `${type} ${status} ${source}`)
