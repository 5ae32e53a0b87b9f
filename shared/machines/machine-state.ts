import type { MachineRow } from '../contracts/fleet.ts'

/** What a state means to the person: the role every screen colours it by. */
export type Tone = 'ok' | 'off' | 'busy' | 'warn' | 'bad' | 'sleep'

export type StateIcon =
  | 'circle-dashed'
  | 'circle-arrow-up'
  | 'circle-play'
  | 'circle-arrow-down'
  | 'circle-stop'
  | 'circle-pause'
  | 'moon'
  | 'rotate-cw'
  | 'circle-fading-arrow-up'
  | 'replace'
  | 'trash'
  | 'ban'
  | 'octagon-x'
  | 'octagon-alert'
  | 'unplug'
  | 'hourglass'
  | 'circle-help'

export interface StateLook {
  word: string
  icon: StateIcon
  tone: Tone
  /** Longer in a passing state than Fly's limit. */
  stuck: boolean
  /** The host does not answer: what is shown may be old. */
  unreachable: boolean
}

type Entry = readonly [word: string, icon: StateIcon, tone: Tone]

const LOOKS: Readonly<Record<string, Entry>> = {
  creating: ['Creating', 'circle-dashed', 'busy'],
  created: ['Created', 'circle-dashed', 'off'],
  starting: ['Starting', 'circle-arrow-up', 'busy'],
  started: ['Started', 'circle-play', 'ok'],
  stopping: ['Stopping', 'circle-arrow-down', 'busy'],
  stopped: ['Stopped', 'circle-stop', 'off'],
  suspending: ['Suspending', 'circle-pause', 'busy'],
  suspended: ['Suspended', 'moon', 'sleep'],
  restarting: ['Restarting', 'rotate-cw', 'busy'],
  updating: ['Updating', 'circle-fading-arrow-up', 'busy'],
  replacing: ['Replacing', 'replace', 'busy'],
  replaced: ['Replaced', 'ban', 'off'],
  migrated: ['Migrated', 'ban', 'off'],
  destroying: ['Destroying', 'trash', 'busy'],
  destroyed: ['Destroyed', 'ban', 'off'],
  failed: ['Failed', 'octagon-x', 'bad'],
  launch_failed: ['Launch failed', 'octagon-alert', 'bad'],
}

const MINUTE = 60_000

/** Fly docs, machine states: a machine longer than this in a passing state is stuck. */
const LIMIT_MS: Readonly<Record<string, number>> = {
  creating: 5 * MINUTE,
  starting: 5 * MINUTE,
  stopping: 5 * MINUTE,
  suspending: 5 * MINUTE,
  restarting: 5 * MINUTE,
  destroying: 5 * MINUTE,
  updating: 10 * MINUTE,
  replacing: 10 * MINUTE,
}

/** A state that passes by itself: nothing but a forced destroy is offered meanwhile. */
export const isTransient = (state: string): boolean => state in LIMIT_MS || state === 'launch_failed'

const GONE = new Set(['destroyed', 'replaced', 'migrated'])

/** States only old versions and destroyed machines are seen in. */
export const isGone = (state: string): boolean => GONE.has(state)

/** Word of a state, and whether it passes by itself. */
export function machineState(state: string): { word: string; transient: boolean } {
  return { word: LOOKS[state]?.[0] ?? asWord(state), transient: isTransient(state) }
}

export const isStuck = ({ state, since }: Pick<MachineRow, 'state' | 'since'>, now: number): boolean =>
  now - since > (LIMIT_MS[state] ?? Number.POSITIVE_INFINITY)

/** Word, icon and role of a machine. `now` in ms since 1970. A state Fly adds later shows as its own word. */
export function machineStateLook(row: Pick<MachineRow, 'state' | 'hostStatus' | 'since'>, now: number): StateLook {
  const [word, icon, tone] = LOOKS[row.state] ?? [asWord(row.state), 'circle-help', 'off']
  const unreachable = row.hostStatus === 'unreachable'
  const stuck = isStuck(row, now)
  if (unreachable) return { word: 'Unreachable', icon: 'unplug', tone: 'warn', stuck, unreachable }
  if (stuck) return { word, icon: 'hourglass', tone: 'warn', stuck, unreachable }
  return { word, icon, tone, stuck, unreachable }
}

function asWord(state: string): string {
  const words = state.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export interface MachineVerbs {
  start: boolean
  stop: boolean
  suspend: boolean
  restart: boolean
  /** Exec and ssh. */
  terminal: boolean
  destroy: boolean
  /** Fly destroys a machine that is not at rest only with `force`. */
  destroyNeedsForce: boolean
}

const START = new Set(['created', 'stopped', 'suspended', 'failed'])
const STOP = new Set(['started', 'starting', 'suspended', 'failed'])
const AT_REST = new Set(['stopped', 'suspended', 'created', 'failed'])
/** Which verbs Fly accepts in a state (Fly docs, machine state transitions). */
export function verbsFor(state: string): MachineVerbs {
  const started = state === 'started'
  return {
    start: START.has(state),
    stop: STOP.has(state),
    suspend: started,
    restart: started,
    terminal: started,
    destroy: !isGone(state),
    destroyNeedsForce: !isGone(state) && !AT_REST.has(state),
  }
}
