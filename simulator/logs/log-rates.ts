import type { Machine } from '../world/types.ts'

/**
 * What programs print. `plain` is one short line at a time, `story` what a fleet of web programs says, with a stack
 * trace now and then, `hostile` everything that breaks a log viewer.
 */
export type LogStyle = 'plain' | 'story' | 'hostile'

/** How much one machine prints while it runs. */
export interface Pace {
  linesPerSecond: number
  style: LogStyle
}

/** A word that counts from its moment on for all machines it covers; the past keeps the pace it had. */
export interface PaceChange {
  /** Milliseconds since 1970. */
  from: number
  /** Absent = every app. */
  app?: string | undefined
  /** Absent = every machine. */
  machine?: string | undefined
  pace: Pace
}

export interface PaceSpan {
  from: number
  to: number
  pace: Pace
}

export interface LogRates {
  change(change: PaceChange): void
  /** The spans of one pace each between two moments. The latest word that covers the machine counts. */
  spans(machine: Machine, from: number, to: number): PaceSpan[]
}

/** A line every seven seconds: a fleet that lives, and that one can read. */
export const USUAL_PACE: Pace = { linesPerSecond: 0.15, style: 'story' }

const covers = (change: PaceChange, { id, app }: Machine) =>
  (change.app ?? app) === app && (change.machine ?? id) === id

export function createLogRates(): LogRates {
  const changes: PaceChange[] = []
  return {
    change: (change) => void changes.push(change),
    spans(machine, from, to) {
      const spans: PaceSpan[] = []
      let current = { from, pace: USUAL_PACE }
      for (const change of changes) {
        if (change.from >= to) break
        if (!covers(change, machine)) continue
        if (change.from > current.from) spans.push({ ...current, to: change.from })
        current = { from: Math.max(from, change.from), pace: change.pace }
      }
      return [...spans, { ...current, to }]
    },
  }
}
