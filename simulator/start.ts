import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type DaemonAddresses, listenDaemons } from './docker/listen.ts'
import { createFleet, DEPLOY_APP, PRODUCT_ORG } from './fleet/create-fleet.ts'
import type { RateLimits } from './http/rate-limit.ts'
import { createServer } from './server.ts'
import { removeLeftovers } from './shell/disks.ts'
import { createNamedTokens, type TokenNames } from './tokens/named-tokens.ts'
import { beginUpkeep } from './upkeep.ts'
import { type Clock, createRealClock } from './world/clock.ts'
import { createWorld, type World } from './world/world.ts'

export interface SimulatorOptions {
  machines: number
  seed: number
  rateLimits?: RateLimits
  delayScale?: number
  clock?: Clock
}

export interface StartOptions extends SimulatorOptions {
  port: number
  /** Loopback address of the remote builder; none without one. */
  builderAddress?: string | undefined
  /** A configuration folder of flyctl's: an agent listens in it. */
  flyctlConfig?: string | undefined
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

/** A simulated platform that listens nowhere: its server answers what is injected. */
export interface SimulatorCore {
  world: World
  server: FastifyInstance
  controlToken: string
  tokens: TokenNames
}

export interface Simulator {
  addresses: Addresses & DaemonAddresses
  world: World
  stop(): Promise<void>
}

export function createSimulator({
  machines,
  seed,
  rateLimits = 'documented',
  delayScale = 1,
  clock = createRealClock(),
}: SimulatorOptions): SimulatorCore {
  const world = createWorld({ seed, clock, delayScale })
  createFleet(world, machines)
  beginUpkeep(world)
  const tokens = createNamedTokens(world, { org: PRODUCT_ORG, app: DEPLOY_APP })
  // What was there from the beginning was brought about by nobody.
  world.effects.clear()
  const controlToken = randomBytes(24).toString('base64url')
  return { world, controlToken, tokens, server: createServer({ world, rateLimits, controlToken }) }
}

/** Makes the fleet and listens on loopback. Fails when the port is taken. */
export async function startSimulator({
  port,
  builderAddress,
  flyctlConfig,
  ...options
}: StartOptions): Promise<Simulator> {
  removeLeftovers()
  const core = createSimulator(options)
  const { world, server } = core
  const origin = await server.listen({ port, host: '127.0.0.1' })
  const daemons = await listenDaemons(world, builderAddress)
  if (flyctlConfig !== undefined) await world.agents.open(world, flyctlConfig)
  return {
    world,
    addresses: { ...addressesOf(core, origin), ...daemons.addresses },
    async stop() {
      world.schedule.stop()
      world.guests.cut()
      await world.agents.stop()
      await world.shells.stop()
      server.server.closeAllConnections()
      await Promise.all([server.close(), daemons.stop()])
    },
  }
}

export const addressesOf = ({ controlToken, tokens }: Omit<SimulatorCore, 'server'>, origin: string): Addresses => ({
  machines: origin,
  api: origin,
  registry: origin.replace('http://', ''),
  appUrl: `${origin}/_apps/{app}`,
  control: `${origin}/_control`,
  controlToken,
  token: tokens.user,
  tokens,
  flyctl: fileURLToPath(new URL('./flyctl/flyctl', import.meta.url)),
})
