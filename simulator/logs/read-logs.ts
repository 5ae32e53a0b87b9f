import type { App, LogLine, Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { chatter } from './chatter.ts'

export interface LogRequest {
  /** Nanoseconds: lines after it. Absent = the newest hundred. */
  after: bigint | undefined
  instance: string | undefined
  region: string | undefined
}

const DAY = 24 * 3_600_000
/** Logs are kept about seven days (Fly docs, logs). */
const KEPT = 7 * DAY
const NEWEST = 100
/** Lines of one page going forward. Fly documents no figure. */
const PAGE = 500
/** The present ends a little before now, so that no line can appear behind one already given out. */
const SETTLING = 5
const NANO = 1_000_000n

const nano = (milliseconds: number) => BigInt(Math.floor(milliseconds)) * NANO
const order = (a: LogLine, b: LogLine) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)

interface Span {
  from: number
  to: number
}

/** Every line of the app in a span: what happened and what its programs print, oldest first. */
function linesIn(world: World, app: App, { from, to, instance, region }: Span & LogRequest): LogLine[] {
  const fits = (line: { instance: string; region: string }) =>
    (instance === undefined || line.instance === instance) && (region === undefined || line.region === region)
  const machines: Machine[] = [...app.machines].flatMap((id) => world.machines.get(id) ?? [])
  const talking = machines.filter(({ id, region: place }) => fits({ instance: id, region: place }))
  const said = talking.flatMap((machine) => chatter({ seed: world.seed, machine, from, to, now: world.clock.now() }))
  const happened = world.logs
    .lines(app.name)
    .filter((line) => line.at >= nano(from) && line.at < nano(to) && fits(line))
  return [...said, ...happened].sort(order)
}

/** Looks back in growing steps until there are enough lines, or a day has been looked through. */
function newest(world: World, app: App, request: LogRequest, end: number): LogLine[] {
  for (let span = 20_000; ; span *= 4) {
    const from = Math.max(end - span, end - DAY)
    const lines = linesIn(world, app, { ...request, from, to: end })
    if (lines.length >= NEWEST || from === end - DAY) return lines.slice(-NEWEST)
  }
}

/** Goes forward from the cursor in growing steps until a page is full or the present is reached. */
function following(
  world: World,
  app: App,
  request: LogRequest,
  { after, end }: { after: bigint; end: number },
): LogLine[] {
  let from = Math.max(Number(after / NANO), end - KEPT)
  let span = 20_000
  const page: LogLine[] = []
  while (from < end && page.length < PAGE) {
    const to = Math.min(end, from + span)
    page.push(...linesIn(world, app, { ...request, from, to }).filter(({ at }) => at > after))
    from = to
    span *= 2
  }
  return page.slice(0, PAGE)
}

export interface LogPage {
  lines: LogLine[]
  /** Pass it back to go on from here. */
  next: bigint
}

export function readLogs(world: World, app: App, request: LogRequest): LogPage {
  const end = world.clock.now() - SETTLING
  const { after } = request
  const lines = after === undefined ? newest(world, app, request, end) : following(world, app, request, { after, end })
  return { lines, next: lines.at(-1)?.at ?? after ?? nano(end) }
}
