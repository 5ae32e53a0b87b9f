import type { Principal } from '../tokens/principal.ts'
import type { World } from '../world/world.ts'

/** What every resolver is given. */
export interface Context {
  world: World
  principal: Principal
  /** Where this simulator listens. */
  origin: string
}
