import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** In these states a machine has the disk it started with. */
const KEEPS_DISK = new Set(['starting', 'started', 'suspending', 'suspended'])

/** Called at every change of a machine's state: what ran on it and who was connected go with it. */
export function shellsFollow({ shells, guests }: World, { id, state, hostStatus }: Machine): void {
  if (state === 'started' && hostStatus === 'ok') return
  guests.cut(id)
  shells.endAll(id)
  if (!KEEPS_DISK.has(state)) shells.forgetDisk(id)
}
