import { roomFor } from '../hosts/room.ts'
import { type Guest, guestProblem } from '../machines/config.ts'
import type { World } from '../world/world.ts'

/** What a figure is given for when nobody names a size (Fly forum, regions API). */
export const DEFAULT_GUEST: Guest = { cpu_kind: 'performance', cpus: 1, memory_mb: 2048 }

/** How many more machines of a size would start there: what its hosts have room for, none in a full region. */
export function capacityOf(world: World, code: string, guest: Guest): number {
  if (world.fullRegions.has(code) || guestProblem(guest) !== undefined) return 0
  return world.hosts.of(code).reduce((sum, host) => sum + roomFor(world, host, guest), 0)
}
