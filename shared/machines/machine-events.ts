import type { MachineEvent } from '../contracts/fleet.ts'
import type { Tone } from './machine-state.ts'

/** How a process of a machine ended (Machines API, exit_event). */
export interface ExitEvent {
  exitCode?: number | undefined
  /** -1 = none. */
  signal?: number | undefined
  oomKilled?: boolean | undefined
  requestedStop?: boolean | undefined
  restarting?: boolean | undefined
  error?: string | undefined
}

/** An event as Fly tells it, newest first in a machine's list. */
export interface FlyEvent {
  id: string
  type: string
  status: string
  /** user, flyd or proxy. */
  source: string
  at: number
  exit?: ExitEvent | undefined
  restartCount?: number | undefined
  /** `launch` of a machine that moved to another host. */
  migrated?: boolean | undefined
}

type Reading = Pick<MachineEvent, 'text' | 'tone'>

/** The process ended by itself, and badly. */
export function isCrash({ exitCode = 0, oomKilled = false, requestedStop = false }: ExitEvent): boolean {
  return !requestedStop && (exitCode !== 0 || oomKilled)
}

/** One sentence about what happened, and the colour of the state it led to. */
export function describeEvent(event: FlyEvent): Reading {
  if (event.type === 'exit') return describeExit(event)
  const known = READINGS[`${event.type}:${event.status}`] ?? READINGS[event.type]
  const reading = known?.(event) ?? { text: `${event.type.replaceAll('_', ' ')}: ${event.status}`, tone: 'off' }
  return { ...reading, text: sentence(reading.text) }
}

type Read = (event: FlyEvent) => { text: string; tone: Tone }

const say =
  (text: string, tone: Tone): Read =>
  ({ source }) => ({ text: `${text}${by(source)}`, tone })

/** Keyed by type and status where the status matters, else by type. */
const READINGS: Readonly<Record<string, Read>> = {
  launch: ({ migrated, source }) =>
    migrated ? { text: 'moved to another host by Fly', tone: 'busy' } : { text: `created${by(source)}`, tone: 'busy' },
  'launch:pending': say('placed on a host', 'busy'),
  'start:starting': ({ source }) =>
    source === 'proxy'
      ? { text: 'woken by a request', tone: 'busy' }
      : { text: `start asked for${by(source)}`, tone: 'busy' },
  'start:started': say('started', 'ok'),
  'stop:stopping': ({ source }) =>
    source === 'proxy'
      ? { text: 'stopped by the proxy because nobody was connected', tone: 'busy' }
      : { text: `stop asked for${by(source)}`, tone: 'busy' },
  'stop:stopped': say('stopped', 'off'),
  restart: say('restart asked for', 'busy'),
  update: say('configuration updated', 'busy'),
  'suspend:suspended': say('suspended', 'sleep'),
  suspended: say('suspended', 'sleep'),
  suspend: say('suspend asked for', 'busy'),
  'resume:started': say('resumed', 'ok'),
  resume: say('resume asked for', 'busy'),
  'destroy:destroyed': say('destroyed', 'off'),
  destroyed: say('destroyed', 'off'),
  destroy: say('destroy asked for', 'busy'),
  replaced: say('replaced by a new version', 'off'),
  cordon: say('taken out of routing', 'warn'),
  uncordon: say('put back into routing', 'ok'),
  launch_failed: say('could not be launched', 'bad'),
  failed: say('failed', 'bad'),
}

/** Who caused it. What Fly does by itself needs no name. */
function by(source: string): string {
  if (source === 'user') return ' by a user'
  return source === 'proxy' ? ' by the proxy' : ''
}

function describeExit({ exit = {}, restartCount = 0 }: FlyEvent): Reading {
  const crashed = isCrash(exit)
  const parts = [exitCause(exit), exitNext(exit, restartCount)]
  const tone: Tone = crashed ? 'bad' : 'off'
  return { text: sentence(parts.filter((part) => part !== '').join('; ')), tone }
}

function exitCause(exit: ExitEvent): string {
  if (exit.oomKilled) return `killed: out of memory${codeOf(exit)}`
  if (exit.requestedStop) return `stopped on request${codeOf(exit)}`
  if (exit.error) return `ended with an error: ${exit.error}`
  return isCrash(exit) ? `crashed${codeOf(exit)}` : `ended by itself${codeOf(exit)}`
}

function codeOf({ exitCode, signal = -1 }: ExitEvent): string {
  const facts = [
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(signal > 0 ? [`signal ${signal}`] : []),
  ]
  return facts.length > 0 ? ` (${facts.join(', ')})` : ''
}

function exitNext({ restarting = false }: ExitEvent, restartCount: number): string {
  if (!restarting) return ''
  return restartCount > 0 ? `Fly restarts it (restart ${restartCount})` : 'Fly restarts it'
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** Statuses of events that are states a machine can be in, so that an event can date a state. */
const ENTERS: Readonly<Record<string, (event: FlyEvent) => boolean>> = {
  started: ({ status }) => status === 'started',
  stopped: ({ type, status }) => type === 'exit' || status === 'stopped',
  suspended: ({ status }) => status === 'suspended',
  failed: ({ status }) => status === 'failed',
  created: ({ status }) => status === 'created',
}

/** When the machine entered the state it is in, from its events (newest first). Undefined = they do not tell. */
export function enteredAt(state: string, events: readonly FlyEvent[]): number | undefined {
  const enters = ENTERS[state] ?? (({ status }: FlyEvent) => status === state)
  const newest = events[0]
  return newest && enters(newest) ? newest.at : undefined
}
