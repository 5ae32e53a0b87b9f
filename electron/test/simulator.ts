import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { z } from 'zod'
import { SimulatorAddresses, simulatorEndpoints } from '#electron/endpoints.ts'
import type { FlyEndpoints } from '#electron/fly/client.ts'

/** A test may do more than the app: act as others, and have things go wrong. */
const Addresses = SimulatorAddresses.extend({
  control: z.url(),
  controlToken: z.string(),
  tokens: z.object({
    user: z.string(),
    org: z.string(),
    deploy: z.string(),
    readonly: z.string(),
    revoked: z.string(),
  }),
})

interface SimulatorOptions {
  machines?: number
  seed?: number
  /** `off` = no token buckets, for tests that are not about them. */
  rateLimits?: 'documented' | 'off'
  /** Factor on every delay of a machine's life; 0 = at once. */
  delayScale?: number
}

export interface TestSimulator {
  endpoints: FlyEndpoints
  token: string
  tokens: z.infer<typeof Addresses>['tokens']
  /** For a process that reads the addresses of Fly.io from its environment. */
  environment: Record<string, string>
  /** One request to the control port, such as `control('POST', '/faults', {…})`. Throws unless it is answered with 2xx. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  stop(): Promise<void>
}

const PROGRAM = new URL('../../simulator/main.ts', import.meta.url).pathname

/** A simulated Fly.io for one test file: a real process on a free port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<TestSimulator> {
  const { machines = 90, seed = 7, rateLimits = 'documented', delayScale = 1 } = options
  const fleet = ['--machines', String(machines), '--seed', String(seed)]
  const manner = ['--rate-limits', rateLimits, '--delay-scale', String(delayScale)]
  // With --with-parent it ends when this process does, however that happens.
  const child = execa(process.execPath, [PROGRAM, '--port', '0', '--json', '--with-parent', ...fleet, ...manner], {
    ...{ stdin: 'pipe', stderr: 'inherit', buffer: false, reject: false },
  })
  const line = once(createInterface({ input: child.stdout }), 'line')
  const first = await Promise.race([line, child.then(({ exitCode }) => [`The simulator ended with ${exitCode}.`])])
  const addresses = Addresses.parse(JSON.parse(String(first[0])))
  return {
    endpoints: simulatorEndpoints(addresses, { HANGAR_NODE: process.execPath }),
    environment: environmentOf(addresses),
    token: addresses.token,
    tokens: addresses.tokens,
    async control(method, path, body) {
      const answer = await fetch(`${addresses.control}${path}`, {
        method,
        headers: { authorization: `Bearer ${addresses.controlToken}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    async stop() {
      child.kill()
      await child
    },
  }
}

const environmentOf = ({ machines, api, registry, appUrl, flyctl }: SimulatorAddresses): Record<string, string> => ({
  FLY_FLAPS_BASE_URL: machines,
  FLY_API_BASE_URL: api,
  FLY_REGISTRY_HOST: registry,
  HANGAR_APP_URL: appUrl,
  HANGAR_FLYCTL: flyctl,
})
