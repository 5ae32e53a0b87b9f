import { onTestFinished } from 'vitest'
import { z } from 'zod'
import {
  type Addresses,
  addressesOf,
  createSimulator,
  type Simulator,
  type StartOptions,
  startSimulator,
} from '../start.ts'
import type { World } from '../world/world.ts'

export interface Reply {
  status: number
  headers: Headers
  body: unknown
}

export interface Asked {
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

export interface Client {
  world: World
  addresses: Addresses
  ask(method: string, path: string, asked?: Asked): Promise<Reply>
  control(action: string, body?: unknown): Promise<Reply>
  /** Moves the clock ahead, everything on the way happening at its own time. */
  advance(milliseconds: number): Promise<void>
}

const authorization = (token: string) => `${token.startsWith('fm2_') ? 'FlyV1' : 'Bearer'} ${token}`

function readBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body?: string
}
type Send = (sent: Sent) => Promise<{ status: number; headers: Headers; text: string }>

function clientOf({ world, addresses }: Pick<Client, 'world' | 'addresses'>, send: Send): Client {
  const ask = async (method: string, path: string, { body, token = addresses.token, headers = {} }: Asked = {}) => {
    const reply = await send({
      method,
      path,
      headers: { authorization: authorization(token), 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: reply.status, headers: reply.headers, body: readBody(reply.text) }
  }
  const asController = { authorization: `Bearer ${addresses.controlToken}` }
  return {
    world,
    addresses,
    ask,
    control: (action, body = {}) => ask('POST', `/_control/${action}`, { body, headers: asController }),
    advance: (milliseconds) => world.schedule.advance(milliseconds),
  }
}

const USUAL = { machines: 90, seed: 7, rateLimits: 'off', delayScale: 0.02 } as const

/** A real simulator on a free port, gone when the test ends. Without rate limits unless the test wants them. */
export async function simulator(options: Partial<StartOptions> = {}): Promise<Client> {
  const running: Simulator = await startSimulator({ port: 0, ...USUAL, ...options })
  onTestFinished(() => running.stop())
  return clientOf(running, async ({ path, ...sent }) => {
    const response = await fetch(running.addresses.machines + path, sent)
    return { status: response.status, headers: response.headers, text: await response.text() }
  })
}

const METHODS = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])

/** The same without a socket between, for tests of very many requests. */
export function simulatorInProcess(options: Partial<StartOptions> = {}): Client {
  const core = createSimulator({ ...USUAL, ...options })
  const { world, server } = core
  onTestFinished(async () => {
    world.schedule.stop()
    await world.shells.stop()
    await server.close()
  })
  const addresses = addressesOf(core, 'http://127.0.0.1')
  return clientOf({ world, addresses }, async ({ method, path, headers, body }) => {
    const response = await server.inject({
      method: METHODS.parse(method),
      url: path,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    })
    const told = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)])
    return { status: response.statusCode, headers: new Headers(told), text: response.body }
  })
}

export const MachineSeen = z.looseObject({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  region: z.string(),
  instance_id: z.string(),
  updated_at: z.string(),
  image_ref: z.looseObject({ digest: z.string(), tag: z.string() }),
  config: z.looseObject({ image: z.string(), metadata: z.record(z.string(), z.string()).optional() }).optional(),
  events: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      status: z.string(),
      timestamp: z.number(),
      request: z.unknown().optional(),
    }),
  ),
  checks: z.array(z.looseObject({ name: z.string(), status: z.string() })),
  host_status: z.string(),
  nonce: z.string().optional(),
})
export type MachineSeen = z.infer<typeof MachineSeen>

export const MachinePage = z.looseObject({
  machines: z.array(z.looseObject({ id: z.string(), app_name: z.string(), state: z.string(), updated_at: z.string() })),
  next_cursor: z.string(),
  error_regions: z.array(z.string()),
})

/** The address of the first machine of an app in a state. */
export async function findMachine({ ask }: Client, { app, state }: { app: string; state: string }) {
  const { body } = await ask('GET', `/v1/apps/${app}/machines?state=${state}`)
  const [machine] = z.array(MachineSeen).parse(body)
  if (!machine) throw new Error(`${app} has no machine that is ${state}.`)
  return { machine, path: `/v1/apps/${app}/machines/${machine.id}` }
}

export const waitFor = (client: Client, path: string, state: string) =>
  client.ask('GET', `${path}/wait?state=${state}&timeout=20`)

export const readMachine = async ({ ask }: Client, path: string) => MachineSeen.parse((await ask('GET', path)).body)
