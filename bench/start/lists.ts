import { type Browser, chromium } from '@playwright/test'
import { alternate } from '../alternate.ts'
import type { AreaOptions } from '../area.ts'
import { type Goal, type GoalRow, judge, type Samples } from '../goal.ts'
import type { Contest } from './contest.ts'
import { servePages } from './serve-page.ts'

const ROWS = 10_000
const peerName = 'AG Grid 36'

const goals = {
  mount: { id: 'P8', metric: `${ROWS} rows on screen`, unit: 'ms', peerName, atMost: { ratio: 0.33 } },
  sort: { id: 'P8', metric: `${ROWS} rows sorted`, unit: 'ms', peerName, atMost: { ratio: 0.62 } },
  filter: { id: 'P8', metric: `${ROWS} rows filtered`, unit: 'ms', peerName, atMost: { ratio: 0.65 } },
} satisfies Record<string, Goal>

type Act = keyof Contest & keyof typeof goals
type Times = Record<Act, number>

/** One fresh page through all three acts. */
async function visit(browser: Browser, url: string): Promise<Times> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  await page.waitForFunction(() => 'contest' in window)
  const times = await page.evaluate(async (rows) => {
    const { contest } = window
    const mount = await contest.mount(rows)
    const sort = await contest.sort()
    return { mount, sort, filter: await contest.filter('usr_77') }
  }, ROWS)
  await page.close()
  return times
}

/** P8: the machine table with 10,000 rows, beside AG Grid with the same rows in the same Chromium. */
export async function measureLists({ runs }: AreaOptions): Promise<GoalRow[]> {
  const pages = await servePages()
  const executablePath = process.env.STANDIN_CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const all = { ours: Array.of<Times>(), peer: Array.of<Times>() }
  try {
    // Two visits before the first that counts: code caches and fonts.
    for (const name of ['ours', 'ag-grid']) await visit(browser, `${pages.url}/${name}.html`)
    await alternate(runs, {
      ours: async () => all.ours.push(await visit(browser, `${pages.url}/ours.html`)),
      peer: async () => all.peer.push(await visit(browser, `${pages.url}/ag-grid.html`)),
    })
  } finally {
    await browser.close()
    pages.stop()
  }
  const samples = (act: Act): Samples => ({
    ours: all.ours.map((times) => times[act]),
    peer: all.peer.map((times) => times[act]),
  })
  return [
    judge(goals.mount, samples('mount')),
    judge(goals.sort, samples('sort')),
    judge(goals.filter, samples('filter')),
  ]
}
