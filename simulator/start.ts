import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createFleet, DEPLOY_APP, PRODUCT_ORG } from './fleet/create-fleet.ts'
import { createServer } from './server.ts'
import type { TokenNames } from './tokens/tokens.ts'
import { type Clock, realClock } from './world/clock.ts'
import { createWorld, type World } from './world/world.ts'

export interface StartOptions {
  port: number
  machines: number
  seed: number
  rateLimits?: 'documented' | 'off'
  delayScale?: number
  clock?: Clock
}

/** Where everything answers; what `--json` prints. */
export interface Addresses {
  machines: string
  api: string
  registry: string
  appUrl: string
  control: string
  controlToken: string
  token: string
  tokens: TokenNames
  flyctl: string
}

export interface Simulator {
  addresses: Addresses
  world: World
  stop(): Promise<void>
}

/** Makes the fleet and listens on loopback. Fails when the port is taken. */
export async function startSimulator(options: StartOptions): Promise<Simulator> {
  const { port, machines, seed, rateLimits = 'documented', delayScale = 1, clock = realClock } = options
  const world = createWorld({ seed, clock, delayScale, tokenScope: { org: PRODUCT_ORG, app: DEPLOY_APP } })
  createFleet(world, machines)
  const controlToken = randomBytes(24).toString('base64url')
  const server = createServer({ world, rateLimits, controlToken })
  const origin = await server.listen({ port, host: '127.0.0.1' })
  const { names } = world.tokens
  return {
    world,
    addresses: {
      machines: origin,
      api: origin,
      registry: origin.replace('http://', ''),
      appUrl: `${origin}/_apps/{app}`,
      control: `${origin}/_control`,
      controlToken,
      token: names.user,
      tokens: names,
      flyctl: fileURLToPath(new URL('./flyctl/flyctl', import.meta.url)),
    },
    async stop() {
      world.schedule.stop()
      server.server.closeAllConnections()
      await server.close()
    },
  }
}
