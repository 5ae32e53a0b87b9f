import { hasRoomToStart } from '../hosts/room.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { goOn } from './delays.ts'
import { beginStart } from './lifecycle.ts'
import { touch } from './set-state.ts'

/**
 * The host of a machine is lost, or is back. Meanwhile the machine stands still and its standbys start; a snapshot
 * does not survive it.
 */
export function setHostStatus(world: World, machine: Machine, status: Machine['hostStatus']): void {
  const before = machine.hostStatus
  machine.hostStatus = status
  touch(world, machine)
  if (before === status) return
  world.runs.hostChanged(machine, world.clock.now())
  if (status === 'ok') goOn(machine)
  else delete machine.snapshot
  if (status === 'unreachable') startStandbys(world, machine)
}

/** Machines that were made to take over start when the hardware of another fails (API description, standbys). */
function startStandbys(world: World, lost: Machine): void {
  for (const id of world.apps.get(lost.app)?.machines ?? []) {
    const machine = world.machines.get(id)
    const waits = machine?.state === 'stopped' || machine?.state === 'created'
    if (machine && waits && hasRoomToStart(world, machine) && machine.config.standbys?.includes(lost.id)) {
      beginStart(world, machine, 'flyd')
    }
  }
}
