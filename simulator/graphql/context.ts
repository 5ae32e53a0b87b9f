import type { Principal } from '../tokens/principal.ts'
import type { App, Machine, Organization, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** An object of the schema: a field is a value, or a function of its arguments. */
export type Node = Record<string, unknown>

/** The objects that lead to each other. */
export interface Nodes {
  app(context: Context, app: App): Node
  organization(context: Context, organization: Organization): Node
  machine(context: Context, machine: Machine): Node
  volume(context: Context, volume: Volume): Node
}

/** What every resolver is given. */
export interface Context {
  world: World
  /** Who asks; at a mutation, for the right to do just this. */
  principal: Principal
  /** The same when it only reads: the answers of mutations show what can be read. */
  reader: Principal
  /** Where this simulator listens. */
  origin: string
  nodes: Nodes
}
