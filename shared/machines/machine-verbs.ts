import { isGone, machineState } from './machine-state.ts'

export type MachineVerb = 'start' | 'stop' | 'suspend' | 'restart' | 'destroy'

/** States each verb is for, after Fly's table of transitions. */
const FROM: Readonly<Record<Exclude<MachineVerb, 'destroy'>, readonly string[]>> = {
  start: ['created', 'stopped', 'suspended', 'failed'],
  stop: ['started', 'starting', 'suspended', 'failed'],
  suspend: ['started'],
  restart: ['started'],
}

/** Where each verb leads when it works. */
export const TARGET_STATE: Readonly<Record<MachineVerb, string>> = {
  start: 'started',
  stop: 'stopped',
  suspend: 'suspended',
  restart: 'started',
  destroy: 'destroyed',
}

interface Subject {
  state: string
  hostStatus?: string
}

/** Why this machine would be left alone, as the end of "skipped: …". Undefined = the verb applies. */
export function whyNot(verb: MachineVerb, { state, hostStatus = 'ok' }: Subject): string | undefined {
  if (isGone(state)) return 'already destroyed'
  if (verb === 'destroy') return state === 'destroying' ? 'already being destroyed' : undefined
  if (hostStatus === 'unreachable') return 'its host cannot be reached'
  if (FROM[verb].includes(state)) return undefined
  if (state === TARGET_STATE[verb]) return `already ${state}`
  const { word, transient } = machineState(state)
  return transient ? `${word.toLowerCase()}: wait until that is over` : `cannot ${verb} while ${word.toLowerCase()}`
}

export function canDo(verb: MachineVerb, subject: Subject): boolean {
  return whyNot(verb, subject) === undefined
}

/** Terminals and commands need a machine that runs on a host that answers. */
export function canOpenTerminal({ state, hostStatus = 'ok' }: Subject): boolean {
  return state === 'started' && hostStatus === 'ok'
}
