import { FlyError } from '../http/fly-error.ts'
import { type Guest, guestOf } from '../machines/config.ts'
import type { Machine, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Host } from './hosts.ts'
import { holdsRoom, roomFor } from './room.ts'

export interface Wanted {
  region: string
  /** What has to fit; absent for a volume alone. */
  guest?: Guest | undefined
  suits?: (host: Host) => boolean
}

/** How much of ours is on a host. */
export const weight = ({ machines, volumes }: Host) => machines.size + volumes.size

/** The host of a region with the least of ours on it that has room and suits. */
export function findHost(world: World, { region, guest, suits = () => true }: Wanted): Host | undefined {
  let best: Host | undefined
  for (const host of world.hosts.of(region)) {
    if (best && weight(host) >= weight(best)) continue
    const fits = guest ? roomFor(world, host, guest) > 0 : host.status === 'ok' && !host.full
    if (fits && suits(host)) best = host
  }
  return best
}

/** flyctl tells a lack of room by these words. */
export const noRoom = (where: string) =>
  new FlyError(
    422,
    `insufficient resources available to fulfill request: could not reserve resource for machine: no room ${where}`,
    { status: 'insufficient_capacity' },
  )

export interface MachinePlace {
  /** In the order in which they are wanted. */
  regions: string[]
  guest: Guest
  /** A volume decides alone: its machine can live nowhere else. */
  volume: Volume | undefined
}

/** Where a new machine goes; refused when there is no room for it anywhere it may be. */
export function hostForMachine(world: World, { regions, guest, volume }: MachinePlace): Host {
  const open = regions.filter((region) => !world.fullRegions.has(region))
  const [host] = volume
    ? [world.hosts.get(volume.zone)].filter((home) => open.includes(home.region) && roomFor(world, home, guest) > 0)
    : open.flatMap((region) => findHost(world, { region, guest }) ?? [])
  if (host) return host
  throw noRoom(volume ? `on the host of volume ${volume.id}` : `in ${regions.join(', ')}`)
}

const isLarger = (guest: Guest, than: Guest) => guest.cpus > than.cpus || guest.memory_mb > than.memory_mb

/** A machine that starts, or grows, must find room on the host it is on: that may have filled up meanwhile. */
export function checkRoom(world: World, machine: Machine, guest: Guest = guestOf(machine.config)): void {
  if (holdsRoom(machine) && !isLarger(guest, guestOf(machine.config))) return
  if (roomFor(world, world.hosts.get(machine.host), guest, machine) === 0) throw noRoom(`on the host of ${machine.id}`)
}

export function settleMachine(world: World, machine: Machine): void {
  world.hosts.get(machine.host).machines.add(machine.id)
}

export function settleVolume(world: World, volume: Volume): void {
  world.hosts.get(volume.zone).volumes.add(volume.id)
}
