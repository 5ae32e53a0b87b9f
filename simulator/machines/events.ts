import { ulid } from '../world/ids.ts'
import type { Machine, MachineEvent } from '../world/types.ts'
import type { World } from '../world/world.ts'

export type EventSource = 'user' | 'flyd' | 'proxy'

export interface EventInput {
  type: string
  status: string
  source: EventSource
  request?: Record<string, unknown>
}

/** What is kept per machine; an answer shows 20 to 50 of them. */
const KEPT = 50

/** Adds the newest event. Two of one millisecond are kept apart, so that the order is never in doubt. */
export function addEvent(world: World, machine: Machine, input: EventInput): MachineEvent {
  const newest = machine.events[0]?.timestamp ?? 0
  const timestamp = Math.max(world.clock.now(), newest + 1)
  const event = { id: ulid(world.random, timestamp), ...input, timestamp }
  machine.events = [event, ...machine.events].slice(0, KEPT)
  world.runs.note(machine, event)
  return event
}

export interface Exit {
  exitCode: number
  /** The signal that ended the program; absent when it ended by itself. */
  signal?: number
  oom: boolean
  requested: boolean
  restarting: boolean
}

/** The kernel kills with it whoever takes the last memory. */
const SIGKILL = 9

/** Payload of an `exit` event (fly-go, machine types). Signal −1 = none. */
export const exitRequest = (exit: Exit, at: number, restartCount: number): Record<string, unknown> => ({
  exit_event: {
    exit_code: exit.exitCode,
    signal: -1,
    guest_exit_code: exit.exitCode,
    guest_signal: exit.oom ? SIGKILL : (exit.signal ?? -1),
    guest_error: '',
    error: '',
    oom_killed: exit.oom,
    requested_stop: exit.requested,
    restarting: exit.restarting,
    exited_at: new Date(at).toISOString(),
  },
  restart_count: restartCount,
})
