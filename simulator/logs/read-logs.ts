import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { chatter } from './chatter.ts'
import { type Entry, nano } from './entry.ts'

export interface LogRequest {
  /** Nanoseconds: lines after it. Absent = the newest hundred. */
  after: bigint | undefined
  instance: string | undefined
  region: string | undefined
}

/** When a page is full. */
export interface PageLimits {
  lines: number
  /** Characters of messages. */
  text: number
}

const DAY = nano(24 * 3_600_000)
/** Logs are kept about seven days (Fly docs, logs). */
const KEPT = 7n * DAY
const NEWEST = 100
/**
 * A page going forward is as long as what there is to tell, up to here. Fly documents no figure; so a follower keeps up
 * with 50,000 lines a second in ten pages, and no answer is beyond a few megabytes.
 */
const FULL: PageLimits = { lines: 5_000, text: 2_000_000 }
/** The present ends a little before now, so that no line can appear behind one already given out. */
const SETTLING = 5
/** The first look at the stream, in nanoseconds: 50 lines of the loudest app. */
const FIRST_LOOK = 1_000_000n

const order = (a: Entry, b: Entry) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)

interface Reading {
  world: World
  app: App
  request: LogRequest
}

/** Every line of the app with `from` ≤ at < `to`: what happened and what its programs print, oldest first. */
function linesIn({ world, app, request: { instance, region } }: Reading, from: bigint, to: bigint): Entry[] {
  const fits = (itsInstance: string, itsRegion: string) =>
    (instance ?? itsInstance) === itsInstance && (region ?? itsRegion) === itsRegion
  const { seed, logRates: rates } = world
  const talking = world.runs.lives(app.name).filter(({ machine }) => fits(machine.id, machine.region))
  const said = talking.flatMap((life) => chatter({ seed, life, rates, from, to, now: world.clock.now() }))
  const happened = world.logs.between(app.name, from, to).filter((line) => fits(line.instance, line.region))
  return [...said, ...happened].sort(order)
}

/** Looks back in growing steps until there are enough lines, or a day has been looked through. */
function newest(reading: Reading, { oldest, end }: Bounds): Entry[] {
  const first = end - DAY > oldest ? end - DAY : oldest
  for (let span = FIRST_LOOK; ; span *= 4n) {
    const from = end - span > first ? end - span : first
    const lines = linesIn(reading, from, end)
    if (lines.length >= NEWEST || from === first) return lines.slice(-NEWEST)
  }
}

/** How many of the lines make a page. Never cut between two of one nanosecond: no cursor stands between them. */
function pageLength(lines: readonly Entry[], limits: PageLimits): number {
  let text = 0
  let length = lines.findIndex(({ message }, index) => {
    text += message.length
    return index + 1 >= limits.lines || text >= limits.text
  })
  if (length < 0) return lines.length
  while (lines[length + 1]?.at === lines[length]?.at) length += 1
  return length + 1
}

interface Bounds {
  oldest: bigint
  end: bigint
}

/** Goes forward from the cursor, in steps as long as the lines so far promise, until the page is full. */
function following(reading: Reading, after: bigint, { oldest, end }: Bounds, limits: PageLimits): Entry[] {
  let from = after + 1n > oldest ? after + 1n : oldest
  let step = FIRST_LOOK
  const lines: Entry[] = []
  while (from < end && pageLength(lines, limits) === lines.length && lines.length < limits.lines) {
    const to = from + step < end ? from + step : end
    const more = linesIn(reading, from, to)
    lines.push(...more)
    from = to
    // Twice as far, but not much further than the page has room for.
    const room = (limits.lines - lines.length) / Math.max(1, more.length)
    step = room >= 2 ? step * 2n : BigInt(Math.ceil(Number(step) * Math.max(room * 1.1, 0.01)))
  }
  return lines.slice(0, pageLength(lines, limits))
}

export interface LogPage {
  lines: Entry[]
  /** Pass it back to go on from here. */
  next: bigint
}

export function readLogs(world: World, app: App, request: LogRequest, limits = FULL): LogPage {
  const end = nano(world.clock.now() - SETTLING)
  const kept = end - KEPT
  const born = nano(app.createdAt)
  const bounds = { oldest: kept > born ? kept : born, end }
  const { after } = request
  const reading = { world, app, request }
  const lines = after === undefined ? newest(reading, bounds) : following(reading, after, bounds, limits)
  return { lines, next: lines.at(-1)?.at ?? after ?? end - 1n }
}
