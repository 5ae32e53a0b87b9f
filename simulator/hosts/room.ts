import { type Guest, guestOf } from '../machines/config.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Host } from './hosts.ts'

/** What a server has, and what a machine takes of it. */
export interface Room {
  cores: number
  memoryMb: number
}

/** A made-up server: large enough that the largest machine fits on it. */
const SERVER: Room = { cores: 64, memoryMb: 512 * 1024 }

/** A shared vCPU has 1/16 of a core (Fly docs, CPU performance). */
const takenBy = ({ cpu_kind: kind, cpus, memory_mb: memoryMb }: Guest): Room => ({
  cores: kind === 'shared' ? cpus / 16 : cpus,
  memoryMb,
})

/** In these states a machine leaves its room to others (Machines API docs: a stopped machine may find its host full). */
const AWAY = new Set(['stopped', 'suspended', 'failed', 'destroyed'])

/** Whether a machine has its room on its host already. */
export const holdsRoom = ({ state }: Machine): boolean => !AWAY.has(state)

/** What is free on a host, not counting one machine that is about to change. */
function freeOn(world: World, host: Host, without?: Machine): Room {
  if (host.full) return { cores: 0, memoryMb: 0 }
  let cores = SERVER.cores * (1 - host.others)
  let memoryMb = SERVER.memoryMb * (1 - host.others)
  for (const id of host.machines) {
    const machine = world.machines.get(id)
    if (!machine || machine.id === without?.id || !holdsRoom(machine)) continue
    const taken = takenBy(guestOf(machine.config))
    cores -= taken.cores
    memoryMb -= taken.memoryMb
  }
  return { cores, memoryMb }
}

/** How many machines of a size could start on a host. */
export function roomFor(world: World, host: Host, guest: Guest, without?: Machine): number {
  if (host.status !== 'ok') return 0
  const free = freeOn(world, host, without)
  const { cores, memoryMb } = takenBy(guest)
  return Math.max(0, Math.floor(Math.min(free.cores / cores, free.memoryMb / memoryMb)))
}

/** Whether a machine that runs nothing could start where it is. */
export const hasRoomToStart = (world: World, machine: Machine): boolean =>
  roomFor(world, world.hosts.get(machine.host), guestOf(machine.config), machine) > 0
