import { createRandom, hash } from '../world/random.ts'
import type { App } from '../world/types.ts'
import type { Context } from './context.ts'
import { iso } from './page.ts'

const HOUR = 3_600_000

/** What one running machine of an app serves in a second; steady for an app, and made up. */
const rateOf = (seed: number, name: string) => createRandom(hash(`${seed} requests ${name}`)).int(5, 400) / 1000
/** Kilobytes of one answer, on the average. */
const ANSWER_KB = 24

/** Whole seconds that the machines of an app ran between two times. */
function secondsOf({ world }: Context, { name }: App, from: number, to: number): number {
  const runs = world.runs.lives(name).flatMap((life) => life.runs)
  const ran = runs.map((run) => Math.max(0, Math.min(run.to ?? to, to) - Math.max(run.from, from)))
  return Math.floor(ran.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000)
}

/** The last hour, day and 30 days: seconds as they were, requests and bytes in proportion to them. */
export function usageNodes(context: Context, app: App) {
  const { world } = context
  const now = world.clock.now()
  const served = [...app.machines].some((id) => (world.machines.get(id)?.config.services?.length ?? 0) > 0)
  const intervals = [
    { interval: 'hour', length: HOUR },
    { interval: 'day', length: 24 * HOUR },
    { interval: 'month', length: 720 * HOUR },
  ]
  return intervals.map(({ interval, length }) => {
    const seconds = secondsOf(context, app, now - length, now)
    const requests = served ? Math.floor(seconds * rateOf(world.seed, app.name)) : 0
    return {
      interval,
      ts: iso(now - length),
      requestsCount: requests,
      totalAppExecS: seconds,
      totalDataOutGB: (requests * ANSWER_KB) / 1e6,
    }
  })
}

type Usage = ReturnType<typeof usageNodes>[number]

/** The same by kind, as a JSON of lists of [time, value]. GUESS: its shape, which no source shows. */
export function usageSeries(context: Context, app: App, kinds: string[]) {
  const known = new Map<string, (row: Usage) => number>([
    ['requests_count', ({ requestsCount }) => requestsCount],
    ['app_exec_s', ({ totalAppExecS }) => totalAppExecS],
    ['data_out_gb', ({ totalDataOutGB }) => totalDataOutGB],
  ])
  const rows = usageNodes(context, app)
  return Object.fromEntries(kinds.map((kind) => [kind, rows.map((row) => [row.ts, known.get(kind)?.(row) ?? 0])]))
}
