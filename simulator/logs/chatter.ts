import { endOf, type Life } from '../machines/run-book.ts'
import { createRandom, hash } from '../world/random.ts'
import { type Entry, nano } from './entry.ts'
import { hostileWords } from './hostile.ts'
import type { LogRates, LogStyle, Pace } from './log-rates.ts'
import { plainWords, storyWords, type Words } from './words.ts'

/** Most lines of one utterance; consecutive nanoseconds, and a slot has room for them all. */
export const LONGEST = 64

const SPEAKERS: Record<LogStyle, Words> = { plain: plainWords, story: storyWords, hostile: hostileWords }

/** Two numbers into one, well stirred; a slot's number may be beyond 32 bits. */
function stir(seed: number, slot: number): number {
  let value = seed ^ Math.imul((slot % 2 ** 32) | 0, 0x9e3779b1) ^ Math.imul(Math.floor(slot / 2 ** 32), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  return (value ^ (value >>> 15)) >>> 0
}

interface Slots {
  seed: number
  life: Life
  pace: Pace
  /** Nanoseconds, `from` ≤ at < `to`. */
  from: bigint
  to: bigint
}

/**
 * What the machine says at a steady pace. Time is cut into slots, one utterance in each, at a random moment of it;
 * an utterance is made from the seed, the machine, the pace and the slot's number alone, so it is always the same.
 */
function* utterances({ seed, life: { machine, voice }, pace, from, to }: Slots): Generator<Entry> {
  if (pace.linesPerSecond <= 0) return
  const length = Math.max(2 * LONGEST, Math.round(1e9 / pace.linesPerSecond))
  const speak = SPEAKERS[pace.style]
  const base = hash(`${seed} ${machine.id} ${length} ${pace.style}`)
  let slot = Number(from / BigInt(length))
  for (let begin = BigInt(slot) * BigInt(length); begin < to; begin += BigInt(length), slot += 1) {
    const random = createRandom(stir(base, slot))
    let at = begin + BigInt(random.int(0, length - LONGEST - 1))
    for (const { late = 0, ...said } of speak(voice, random)) {
      const line = { at, instance: machine.id, region: machine.region, ...said, id: `${at}-${machine.id}` }
      if (at >= from && at < to) yield late === 0 ? line : { ...line, timestamp: at - BigInt(late) }
      at += 1n
    }
  }
}

export interface Chatter {
  seed: number
  life: Life
  rates: LogRates
  /** Nanoseconds since 1970, `from` ≤ at < `to`. */
  from: bigint
  to: bigint
  now: number
}

const later = (a: bigint, b: bigint) => (a > b ? a : b)
const sooner = (a: bigint, b: bigint) => (a < b ? a : b)

/** What the machine's program printed in a span of time, oldest first. Nothing of it is stored. */
export function chatter({ seed, life, rates, from, to, now }: Chatter): Entry[] {
  const { machine } = life
  const lines: Entry[] = []
  for (const run of life.runs) {
    const end = endOf(life, run, now)
    if (nano(run.from) >= to || nano(end) <= from) continue
    for (const span of rates.spans(machine, run.from, end)) {
      const part = { from: later(from, nano(span.from)), to: sooner(to, nano(span.to)) }
      if (part.from < part.to) lines.push(...utterances({ seed, life, pace: span.pace, ...part }))
    }
  }
  return lines
}
