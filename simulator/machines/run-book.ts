import type { Machine, MachineEvent } from '../world/types.ts'
import { type Guest, guestOf } from './config.ts'

/** From and to, milliseconds since 1970; the last one of a machine is open while it runs. */
export interface Run {
  from: number
  to?: number
  /** How it ended; absent when it was no exit. */
  exit?: { code: number; oom: boolean }
  /** What it ran on, and with: a later update changes nothing about the past. */
  host: string
  guest: Guest
  mounts: { volume: string; path: string }[]
  serves: boolean
}

/** What kind of program it runs, as its lines and curves show it; as it was made, whatever is changed later. */
export type Voice = 'builder' | 'workspace' | 'service'

/** A machine and all its runs, oldest first. Stays when the machine is destroyed: its lines and its curves do. */
export interface Life {
  machine: Machine
  voice: Voice
  runs: Run[]
}

export interface RunBook {
  /** Every event of every machine comes by here, oldest first. */
  note(machine: Machine, event: MachineEvent): void
  /** Its host is lost, or is back: meanwhile nothing of the machine is heard, and then it boots again. */
  hostChanged(machine: Machine, at: number): void
  /** Every machine an app had, in the order in which they came. */
  lives(app: string): Life[]
}

/** The longest that Fly keeps what a machine said or measured: metrics, 15 days (Fly docs, metrics). */
const KEPT = 15 * 24 * 3_600_000
/** So many machines of one app come before the long gone are looked for again. */
const SWEEP_EVERY = 1_000

/** The long gone go a day at once: a machine that keeps crashing has thousands, and each moves up when the first goes. */
const AT_ONCE = 24 * 3_600_000

function forgetBefore(runs: Run[], time: number): void {
  const [oldest] = runs
  if (oldest?.to === undefined || oldest.to >= time - AT_ONCE) return
  runs.splice(
    0,
    runs.findIndex(({ to }) => to === undefined || to >= time),
  )
}

const begins = ({ type, status }: MachineEvent) => type === 'start' && status === 'started'
/** A machine that is booting cannot have been running, whether its end was told or not. */
const ends = ({ type, status }: MachineEvent) =>
  type === 'exit' ||
  (type === 'start' && status === 'starting') ||
  type === 'update' ||
  (type === 'suspend' && status === 'suspended') ||
  type === 'destroy'

const beginRun = ({ config, host }: Machine, from: number): Run => ({
  from,
  host,
  guest: guestOf(config),
  mounts: (config.mounts ?? []).map(({ volume, path }) => ({ volume, path })),
  serves: (config.services?.length ?? 0) > 0,
})

function exitOf({ type, request }: MachineEvent): Pick<Run, 'exit'> {
  if (type !== 'exit') return {}
  const text = JSON.stringify(request ?? {})
  const [, code = '0'] = /"exit_code":(-?\d+)/.exec(text) ?? []
  return { exit: { code: Number(code), oom: text.includes('"oom_killed":true') } }
}

function voiceOf({ app, config }: Machine): Voice {
  if (app.startsWith('fly-builder-')) return 'builder'
  return config.metadata?.user_id === undefined ? 'service' : 'workspace'
}

const goneBefore =
  (time: number) =>
  ({ machine, runs }: Life) =>
    machine.state === 'destroyed' && (runs.at(-1)?.to ?? machine.stateSince) < time

export function createRunBook(): RunBook {
  const apps = new Map<string, Map<string, Life>>()
  const sweep = (lives: Map<string, Life>, now: number) => {
    const isGone = goneBefore(now - KEPT)
    for (const [id, life] of lives) if (isGone(life)) lives.delete(id)
  }
  const lifeOf = (machine: Machine, now: number): Life => {
    const lives = apps.get(machine.app) ?? new Map<string, Life>()
    apps.set(machine.app, lives)
    const life = lives.get(machine.id) ?? { machine, voice: voiceOf(machine), runs: [] }
    if (lives.size % SWEEP_EVERY === 0) sweep(lives, now)
    lives.set(machine.id, life)
    return life
  }
  return {
    note(machine, event) {
      const { runs } = lifeOf(machine, event.timestamp)
      const open = runs.at(-1)
      const isOpen = open !== undefined && open.to === undefined
      if (begins(event) && !isOpen) runs.push(beginRun(machine, event.timestamp))
      else if (ends(event) && isOpen) Object.assign(open, { to: event.timestamp }, exitOf(event))
      forgetBefore(runs, event.timestamp - KEPT)
    },
    hostChanged(machine, at) {
      const { runs } = lifeOf(machine, at)
      const open = runs.at(-1)
      const isOpen = open !== undefined && open.to === undefined
      if (machine.hostStatus === 'unreachable' && isOpen) open.to = at
      else if (machine.hostStatus === 'ok' && machine.state === 'started' && !isOpen) runs.push(beginRun(machine, at))
    },
    lives: (app) => [...(apps.get(app)?.values() ?? [])],
  }
}

/** When a run ended, or where it stands; a machine that vanished without an event ran until it did. */
export const endOf = ({ machine }: Life, run: Run, now: number): number =>
  run.to ?? (machine.state === 'destroyed' ? machine.stateSince : now)
