import type { World } from '../world/world.ts'

/** What the Fly Proxy knows of its machines: how many connections each has, and whom it has lately served. */
export interface FlyProxy {
  /** Connections open to a machine now. */
  load(machineId: string): number
  /** Holds one connection open until the returned function is called. */
  hold(machineId: string): () => void
  /** So many connections of people who are not here are open, instead of what was said before. */
  set(machineId: string, count: number): void
  /** Whether a machine had a connection since the last `rest`, or has one. */
  busy(machineId: string): boolean
  /** Forgets who was busy but is no longer. */
  rest(): void
}

export function createProxy(): FlyProxy {
  const held = new Map<string, number>()
  const said = new Map<string, number>()
  const served = new Set<string>()
  const load = (id: string) => (held.get(id) ?? 0) + (said.get(id) ?? 0)
  return {
    load,
    hold(id) {
      held.set(id, (held.get(id) ?? 0) + 1)
      served.add(id)
      return () => void held.set(id, Math.max(0, (held.get(id) ?? 0) - 1))
    },
    set(id, count) {
      said.set(id, count)
      served.add(id)
    },
    busy: (id) => served.has(id) || load(id) > 0,
    rest: () => served.clear(),
  }
}

/** People somewhere keep so many connections to a machine open. */
export function openConnections(world: World, machineId: string, count: number): void {
  world.proxy.set(machineId, count)
}
