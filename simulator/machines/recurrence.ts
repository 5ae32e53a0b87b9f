import { hasRoomToStart } from '../hosts/room.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { beginStart } from './lifecycle.ts'
import { AT_REST } from './states.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const PERIODS = { hourly: HOUR, daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY }

/** Schedules are approximate (Fly docs, fly machine run): a run comes at most this much late, in milliseconds. */
const LATEST = 60_000

/** Plans the next run of a machine with a schedule, and with it all that follow. An update plans anew. */
export function planRuns(world: World, machine: Machine): void {
  machine.cycle = (machine.cycle ?? 0) + 1
  planNext(world, machine, machine.cycle)
}

function planNext(world: World, machine: Machine, cycle: number): void {
  const { schedule } = machine.config
  if (schedule === undefined) return
  // Hours of the world's own clock: nobody waits for them, so no scale shortens them.
  world.schedule.after(PERIODS[schedule] + world.random.int(0, LATEST), () => {
    if (machine.cycle !== cycle || !world.machines.has(machine.id)) return
    // A host that is lost or full lets a run fall out.
    if (AT_REST.includes(machine.state) && hasRoomToStart(world, machine)) beginStart(world, machine, 'flyd')
    planNext(world, machine, cycle)
  })
}

/** Once its cycle has begun, only the schedule starts such a machine (Fly docs, fly machine run). */
export const startsOnlyBySchedule = ({ config, events }: Machine): boolean =>
  config.schedule !== undefined && events.some(({ type, status }) => type === 'start' && status === 'started')
