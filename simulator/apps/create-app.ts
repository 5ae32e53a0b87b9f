import { scaledDelay } from '../world/delay.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** How long a new app still answers 404, in milliseconds. */
const HIDDEN = { from: 200, to: 700 }

export interface NewApp {
  name: string
  org: string
  network: string
  role: string
}

export function createApp(world: World, { name, org, network, role }: NewApp): App {
  const now = world.clock.now()
  const app: App = {
    id: world.random.text('0123456789abcdefghjkmnpqrstvwxyz', 16),
    numericId: world.random.int(1_000_000, 9_999_999),
    name,
    org,
    network,
    role,
    createdAt: now,
    visibleAt: now + scaledDelay(world, HIDDEN),
    machines: new Set(),
    volumes: new Set(),
    everHadMachines: false,
    secrets: new Map(),
    secretsVersion: 0,
    secretValues: {},
    releases: [],
    ips: [],
    certificates: [],
  }
  world.apps.set(name, app)
  return app
}
