import { isGone, machineState, verbsFor } from './machine-state.ts'

export type MachineVerb = 'start' | 'stop' | 'suspend' | 'restart' | 'destroy'

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
  if (verbsFor(state)[verb]) return undefined
  if (state === TARGET_STATE[verb]) return `already ${state}`
  const { word, transient } = machineState(state)
  const now = word.toLowerCase()
  return transient ? `${now}: wait until that is over` : `cannot ${verb} while ${now}`
}
