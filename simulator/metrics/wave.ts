import { createRandom, hash } from '../world/random.ts'

/** A quantity that goes up and down around its mean and is never negative: known at every moment, stored nowhere. */
export interface Wave {
  at(time: number): number
  /** What came together between two moments, in units per second times seconds: never less for a later end. */
  between(from: number, to: number): number
}

interface Swing {
  mean: number
  /** Shares of the mean by which the day and the minute move it; together less than 1. */
  day: number
  minute: number
}

const DAY = 86_400
/** Seconds of the quick ups and downs: visits, jobs, compilations. */
const QUICK = { from: 240, to: 1_400 }

/** How far a moment is in its period, 0 to 1. */
const within = (turns: number) => turns - Math.floor(turns)

/** Up and down once in a turn, like a sine but made of two parabolas: a query asks for millions of these. */
function swing(turn: number): number {
  return turn < 0.5 ? 16 * turn * (0.5 - turn) : -16 * (turn - 0.5) * (1 - turn)
}

/** What a swing brought together since the turn began; nothing in a whole one. */
function swung(turn: number): number {
  const half = turn < 0.5 ? turn : turn - 0.5
  const hump = half * half * (4 - (16 / 3) * half)
  return turn < 0.5 ? hump : 1 / 3 - hump
}

/**
 * Always the same for the same name. Times are milliseconds since 1970. Made when first asked: who lists the series of a
 * large fleet wants none of their values.
 */
export function createWave(name: string, swings: () => Swing): Wave {
  let made: Wave | undefined
  const wave = () => {
    made ??= begin(name, swings())
    return made
  }
  return { at: (time) => wave().at(time), between: (from, to) => wave().between(from, to) }
}

function begin(name: string, { mean, day, minute }: Swing): Wave {
  const random = createRandom(hash(name))
  const [dayPhase, quickPhase] = [random.next(), random.next()]
  const quick = random.int(QUICK.from, QUICK.to)
  const dayTurn = (seconds: number) => within(seconds / DAY + dayPhase)
  const quickTurn = (seconds: number) => within(seconds / quick + quickPhase)
  /** What came together until then, but for a constant. */
  const until = (seconds: number) =>
    seconds + day * DAY * swung(dayTurn(seconds)) + minute * quick * swung(quickTurn(seconds))
  return {
    at(time) {
      const seconds = time / 1_000
      return mean * (1 + day * swing(dayTurn(seconds)) + minute * swing(quickTurn(seconds)))
    },
    between: (from, to) => mean * (until(to / 1_000) - until(from / 1_000)),
  }
}

/** A share of its own for a name: 0 ≤ x < 1. */
export const shareOf = (name: string): number => createRandom(hash(name)).next()
