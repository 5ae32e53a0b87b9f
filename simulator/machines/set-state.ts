import { countTrial } from '../organizations/trial.ts'
import { shellsFollow } from '../shell/follow.ts'
import { settleUse } from '../volumes/use.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { refreshChecks } from './checks.ts'
import { publishMachine } from './publish.ts'
import { leadsTo } from './states.ts'

/** Something about the machine changed: its time, its checks, the org-wide list and who is on it follow. */
export function touch(world: World, machine: Machine): void {
  machine.updatedAt = Math.max(world.clock.now(), machine.updatedAt + 1)
  refreshChecks(world, machine)
  publishMachine(world, machine)
  shellsFollow(world, machine)
}

/** The one place where a state changes. A way that is in no diagram is a mistake of the simulator. */
export function setState(world: World, machine: Machine, state: string): void {
  if (!leadsTo(machine.state, state)) {
    throw new Error(`Machine ${machine.id} cannot go from ${machine.state} to ${state}.`)
  }
  const now = world.clock.now()
  if (machine.state === 'started') {
    settleUse(world, machine)
    countTrial(world, machine)
  }
  world.effects.add({ kind: 'machine', id: machine.id, change: 'state', from: machine.state, to: state })
  machine.state = state
  machine.stateSince = now
  touch(world, machine)
}
