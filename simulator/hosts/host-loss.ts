import { setHostStatus } from '../machines/host-status.ts'
import { afterHostReturn } from '../volumes/destroy-volume.ts'
import { touchVolume } from '../volumes/volume-state.ts'
import type { World } from '../world/world.ts'
import type { Host, HostStatus } from './hosts.ts'

/** A host is lost with everything on it, or comes back and its machines go on. */
export function setHost(world: World, host: Host, status: HostStatus): void {
  if (host.status === status) return
  world.effects.add({ kind: 'host', id: host.id, change: 'status', from: host.status, to: status })
  host.status = status
  for (const id of host.volumes) {
    const volume = world.volumes.get(id)
    if (!volume) continue
    volume.hostStatus = status
    touchVolume(world, volume)
    if (status === 'ok') afterHostReturn(world, volume)
  }
  for (const id of host.machines) {
    const machine = world.machines.get(id)
    if (machine) setHostStatus(world, machine, status)
  }
}
