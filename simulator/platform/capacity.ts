import { type Guest, guestProblem } from '../machines/config.ts'
import { hash } from '../world/random.ts'
import type { World } from '../world/world.ts'

/** What a figure is given for when nobody names a size (Fly forum, regions API). */
export const DEFAULT_GUEST: Guest = { cpu_kind: 'performance', cpus: 1, memory_mb: 2048 }

/** Performance vCPUs one shared vCPU takes the room of: a shared one gets 1/16 of a core (Fly docs, CPU performance). */
const SHARED = 1 / 16

const roomOf = ({ cpu_kind, cpus, memory_mb }: Guest) =>
  Math.max(cpus * (cpu_kind === 'shared' ? SHARED : 1), memory_mb / 2048)

/** How many more machines of a size would start there: none in a full region, else a steady made-up figure. */
export function capacityOf(world: World, code: string, guest: Guest): number {
  if (world.fullRegions.has(code) || guestProblem(guest) !== undefined) return 0
  const cores = 40 + (hash(`${world.seed} ${code}`) % 900)
  return Math.floor(cores / roomOf(guest))
}
