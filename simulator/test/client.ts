import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type Simulator, type StartOptions, startSimulator } from '../start.ts'

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

export interface Client extends Simulator {
  ask(method: string, path: string, asked?: Asked): Promise<Reply>
  control(action: string, body?: unknown): Promise<Reply>
}

const authorization = (token: string) => `${token.startsWith('fm2_') ? 'FlyV1' : 'Bearer'} ${token}`

function readBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A real simulator on a free port, gone when the test ends. Without rate limits unless the test wants them. */
export async function simulator(options: Partial<StartOptions> = {}): Promise<Client> {
  const running = await startSimulator({
    port: 0,
    machines: 90,
    seed: 7,
    rateLimits: 'off',
    delayScale: 0.02,
    ...options,
  })
  onTestFinished(() => running.stop())
  const { machines, control, controlToken, token: user } = running.addresses
  const send = async (
    url: string,
    method: string,
    { body, token = user, headers = {} }: Asked = {},
  ): Promise<Reply> => {
    const response = await fetch(url, {
      method,
      headers: { authorization: authorization(token), 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, body: readBody(await response.text()) }
  }
  return {
    ...running,
    ask: (method, path, asked) => send(machines + path, method, asked),
    control: (action, body) =>
      send(`${control}/${action}`, 'POST', { body: body ?? {}, headers: { authorization: `Bearer ${controlToken}` } }),
  }
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
