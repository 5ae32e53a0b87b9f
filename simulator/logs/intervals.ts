import type { Machine, MachineEvent } from '../world/types.ts'

/** From and to, milliseconds since 1970. */
export type Interval = readonly [number, number]

const begins = ({ type, status }: MachineEvent) => type === 'start' && status === 'started'
const ends = ({ type, status }: MachineEvent) =>
  type === 'exit' ||
  type === 'update' ||
  (type === 'restart' && status === 'stopping') ||
  (type === 'suspend' && status === 'suspended') ||
  type === 'destroy'

/** When the machine ran, oldest first, as its events tell. The last interval is open while it runs. */
export function runningIntervals(machine: Machine, now: number): Interval[] {
  const intervals: Interval[] = []
  let since: number | undefined
  for (const event of machine.events.toReversed()) {
    if (begins(event)) since ??= event.timestamp
    else if (ends(event) && since !== undefined) {
      intervals.push([since, event.timestamp])
      since = undefined
    }
  }
  if (since !== undefined) intervals.push([since, machine.state === 'started' ? now : machine.stateSince])
  return intervals
}
