import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron as electron, type Page } from '@playwright/test'
import { type LaunchOptions, launchHangar } from '../../e2e/support/hangar.ts'
import { startKeyring } from '../../e2e/support/keyring.ts'
import { signInWithToken } from '../../e2e/support/sign-in.ts'
import { startSimulator } from '../../e2e/support/simulator.ts'
import { chooseRuntime } from '../../scripts/electron-runtime.mjs'
import { alternate } from '../alternate.ts'
import type { AreaOptions } from '../area.ts'
import { type Goal, type GoalRow, judge } from '../goal.ts'

const MACHINES = 10_000
const goal: Goal = {
  id: 'P10',
  metric: `start to a list of ${MACHINES} cached machines`,
  unit: 'ms',
  peerName: 'bare page',
  atMost: { ratio: 1.35 },
}

/** Wall-clock time of the frame that first shows what `selector` names. */
async function shownAt(page: Page, selector: string): Promise<number> {
  const handle = await page.waitForFunction(
    (wanted) => document.querySelector(wanted) && performance.timeOrigin + performance.now(),
    selector,
    { polling: 'raf' },
  )
  return Number(await handle.jsonValue())
}

async function startOurs(options: LaunchOptions): Promise<number> {
  const start = Date.now()
  const { app, page } = await launchHangar(options)
  const shown = await shownAt(page, `[aria-rowcount="${MACHINES + 1}"] tbody [aria-rowindex]`)
  await app.close()
  return shown - start
}

async function startBare(userData: string): Promise<number> {
  const start = Date.now()
  const app = await electron.launch({
    args: [join(import.meta.dirname, 'bare-app', 'main.js'), `--user-data-dir=${userData}`],
    colorScheme: null,
  })
  const shown = await shownAt(await app.firstWindow(), 'h1')
  await app.close()
  return shown - start
}

/** Signs in once and quits when the whole fleet is there, so that the next start finds it saved. */
async function fillCache(options: LaunchOptions, token: string): Promise<void> {
  const { app, page } = await launchHangar(options)
  await signInWithToken({ app, page }, token)
  await page.locator(`[aria-rowcount="${MACHINES + 1}"]`).waitFor({ timeout: 120_000 })
  await app.close()
}

/** P10: from the start of the process to the machine table, beside the barest page in the same runtime. */
export async function measureColdStart({ runs }: AreaOptions): Promise<GoalRow[]> {
  const runtime = await chooseRuntime()
  Object.assign(process.env, runtime.env)
  console.log(`Starts are measured on ${runtime.label}.`)
  const folder = await mkdtemp(join(tmpdir(), 'hangar-bench-'))
  const keyring = await startKeyring()
  const simulator = await startSimulator(['--machines', String(MACHINES), '--rate-limits', 'off'])
  const options = { userData: join(folder, 'ours'), simulator, keyring: keyring.env }
  try {
    await fillCache(options, simulator.token)
    const contestants = { ours: () => startOurs(options), peer: () => startBare(join(folder, 'bare')) }
    await alternate(1, contestants)
    return [judge(goal, await alternate(runs, contestants))]
  } finally {
    await simulator.stop()
    await keyring.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}
