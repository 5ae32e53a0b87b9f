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
  const { instanceId, config } = machine
  if (config.schedule === undefined) return
  // Hours of the world's own clock: nobody waits for them, so no scale shortens them.
  world.schedule.after(PERIODS[config.schedule] + world.random.int(0, LATEST), () => {
    if (machine.instanceId !== instanceId || !world.machines.has(machine.id)) return
    if (AT_REST.includes(machine.state) && machine.hostStatus === 'ok') beginStart(world, machine, 'flyd')
    planRuns(world, machine)
  })
}

/** Once its cycle has begun, only the schedule starts such a machine (Fly docs, fly machine run). */
export const startsOnlyBySchedule = ({ config, events }: Machine): boolean =>
  config.schedule !== undefined && events.some(({ type, status }) => type === 'start' && status === 'started')
