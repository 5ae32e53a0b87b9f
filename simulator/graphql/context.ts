import type { Principal } from '../tokens/principal.ts'
import type { World } from '../world/world.ts'

/** What every resolver is given. */
export interface Context {
  world: World
  /** Who asks; at a mutation, for the right to do just this. */
  principal: Principal
  /** The same when it only reads: the answers of mutations show what can be read. */
  reader: Principal
  /** Where this simulator listens. */
  origin: string
}
