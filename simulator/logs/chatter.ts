import { createRandom, hash } from '../world/random.ts'
import type { LogLine, Machine } from '../world/types.ts'
import { type Interval, runningIntervals } from './intervals.ts'
import { phraseFor } from './phrases.ts'

/** A machine says at most one thing in each slot of so many milliseconds, most of the time nothing. */
const SLOT = 3_000
const SPEAKS = 0.45

const milli = (time: number) => BigInt(Math.floor(time)) * 1_000_000n

/** The line of one slot, always the same one: made from the seed, the machine and the slot's number. */
function lineOf(seed: number, machine: Machine, slot: number): LogLine | undefined {
  const random = createRandom(hash(`${seed} ${machine.id} ${slot}`))
  if (random.next() > SPEAKS) return undefined
  const at = milli(slot * SLOT + random.int(0, SLOT - 1)) + BigInt(random.int(0, 999_999))
  return { at, instance: machine.id, region: machine.region, ...phraseFor(machine, random) }
}

function* slots([from, to]: Interval): Generator<number> {
  for (let slot = Math.floor(from / SLOT); slot * SLOT <= to; slot += 1) yield slot
}

export interface Chatter {
  seed: number
  machine: Machine
  /** Milliseconds since 1970, both ends. */
  from: number
  to: number
  now: number
}

/** What the machine's program printed in a span of time. Nothing of it is stored. */
export function chatter({ seed, machine, from, to, now }: Chatter): LogLine[] {
  return runningIntervals(machine, now).flatMap(([began, ended]) => {
    const span: Interval = [Math.max(began, from), Math.min(ended, to)]
    if (span[0] >= span[1]) return []
    const within = (line: LogLine) => line.at >= milli(span[0]) && line.at < milli(span[1])
    return [...slots(span)].flatMap((slot) => lineOf(seed, machine, slot) ?? []).filter(within)
  })
}
