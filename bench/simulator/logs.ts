import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { startSimulator } from '../../e2e/support/simulator.ts'
import { alternate } from '../alternate.ts'
import type { AreaOptions } from '../area.ts'
import { type Goal, type GoalRow, judge } from '../goal.ts'
import { serveCanned } from './canned.ts'
import { processorTime } from './processor-time.ts'

/** A page of so many lines so often: together 50,000 lines a second, the most the simulator makes. */
const LINES = 1_000
const PAGES_PER_SECOND = 50
/** Long enough that a tick of /proc, 10 ms, is half a percent. */
const SECONDS = 4
/** A follower that falls behind has measured something else. */
const ENOUGH = 0.97

const APP = 'acme-workspaces'
const LOGS = `/api/v1/apps/${APP}/logs`

const COST: Goal = {
  id: 'S3',
  metric: 'processor time of 50,000 log lines a second, one follower',
  unit: 'ms/s',
  peerName: 'the same bytes from node:http',
  // A core is 1,000; the app that is tested needs the rest of a small computer.
  atMost: { value: 600 },
}

const Page = z.looseObject({ data: z.array(z.unknown()), meta: z.looseObject({ next_token: z.string() }) })

interface Followed {
  url: string
  token: string
  pid: number | undefined
}

/** Asks for the next page whenever a thousand lines should have come, and counts them. */
async function follow({ url, token }: Followed): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  const begin = performance.now()
  let lines = 0
  let next = `${Date.now()}000000`
  for (let page = 1; page <= SECONDS * PAGES_PER_SECOND; page += 1) {
    const due = begin + (page * 1000) / PAGES_PER_SECOND
    await sleep(Math.max(0, due - performance.now()))
    const { data, meta } = Page.parse(await (await fetch(`${url}?next_token=${next}`, { headers })).json())
    lines += data.length
    next = meta.next_token
  }
  return lines
}

/** Milliseconds of processor time for each second of following; 1,000 = one core. */
async function costOf(followed: Followed): Promise<number> {
  const before = await processorTime(followed.pid)
  const begin = performance.now()
  const lines = await follow(followed)
  const seconds = (performance.now() - begin) / 1000
  const wanted = LINES * PAGES_PER_SECOND * SECONDS
  if (lines < wanted * ENOUGH) throw new Error(`Only ${lines} of ${wanted} lines came.`)
  return (((await processorTime(followed.pid)) - before) * 1000) / seconds
}

/** A thousand lines as the simulator answers them. */
async function onePage(url: string, token: string): Promise<string> {
  await sleep(1_000)
  const since = `${Date.now() - 500}000000`
  const answer = await fetch(`${url}?next_token=${since}`, { headers: { authorization: `Bearer ${token}` } })
  const { data, meta } = Page.parse(await answer.json())
  return JSON.stringify({ data: data.slice(0, LINES), meta })
}

/** What it costs to make 50,000 lines a second up, beside a server that has them ready. */
export async function measureLogs({ runs }: AreaOptions): Promise<GoalRow[]> {
  const { machines, token, pid, make, stop } = await startSimulator()
  const url = machines + LOGS
  try {
    await make('log-rate', { app: APP, linesPerSecond: LINES * PAGES_PER_SECOND, style: 'plain' })
    const canned = await serveCanned(await onePage(url, token))
    try {
      const samples = await alternate(runs, {
        ours: () => costOf({ url, token, pid }),
        peer: () => costOf({ url: canned.url, token, pid: canned.pid }),
      })
      return [judge(COST, samples)]
    } finally {
      await canned.stop()
    }
  } finally {
    await stop()
  }
}
