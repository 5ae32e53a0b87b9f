/** Where the time of the simulated platform comes from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Jumps ahead to a time; one that has passed changes nothing. */
  moveTo(time: number): void
  /** Whether time passes by itself. */
  ticks: boolean
}

/** The time of this computer, which may be moved ahead of it. */
export function createRealClock(): Clock {
  let ahead = 0
  const now = () => Date.now() + ahead
  return {
    now,
    ticks: true,
    moveTo(time) {
      ahead += Math.max(0, time - now())
    },
  }
}

/** Stands still until it is moved. */
export function createVirtualClock(start: number): Clock {
  let time = start
  return {
    now: () => time,
    ticks: false,
    moveTo(next) {
      time = Math.max(time, next)
    },
  }
}

/** Where a virtual clock begins, so that the same seed gives the same world on every day. */
export const VIRTUAL_START = Date.parse('2026-11-21T12:00:00Z')
