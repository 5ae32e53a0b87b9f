import type { Host } from '../hosts/hosts.ts'
import { weight } from '../hosts/place.ts'
import { roomFor } from '../hosts/room.ts'
import type { Guest } from '../machines/config.ts'
import type { World } from '../world/world.ts'
import type { MachineSpec } from './specs.ts'

/** Machines and volumes of a fleet on one server, before a fleet of any size gets more servers. */
const CROWDED = 100

/** The emptiest server of a region; a fleet that is there has found its room, so one is added where there is none. */
export function homeFor(world: World, region: string, guest?: Guest): Host {
  const hosts = world.hosts.of(region).filter(({ status }) => status === 'ok')
  const [first = world.hosts.add(region)] = hosts
  const host = hosts.reduce((best, other) => (weight(other) < weight(best) ? other : best), first)
  const fits = weight(host) < CROWDED && (guest === undefined || roomFor(world, host, guest) > 0)
  return fits ? host : world.hosts.add(region)
}

/** What is on a lost server is alone there: the demo loses one machine. */
export function homeOf(world: World, { region, cpus, memoryMb, hostStatus = 'ok' }: MachineSpec): Host {
  if (hostStatus === 'ok') return homeFor(world, region, { cpu_kind: 'shared', cpus, memory_mb: memoryMb })
  return Object.assign(world.hosts.add(region), { status: hostStatus })
}
