/** Where the time of the simulated platform comes from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

export const realClock: Clock = { now: () => Date.now() }

export interface VirtualClock extends Clock {
  advance(milliseconds: number): void
}

export function createVirtualClock(start: number): VirtualClock {
  let time = start
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds
    },
  }
}
