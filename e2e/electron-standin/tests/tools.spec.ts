import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { _electron } from '@playwright/test'
import { expect, SAMPLE, test } from './fixtures.ts'

test('Playwright\'s own tools work: goto, route, screenshot, tracing', async ({ app, page }) => {
  await page.goto('app://hangar/second.html')
  expect(page.url()).toBe('app://hangar/second.html')
  await page.route('app://hangar/echo', (route) => route.fulfill({ body: 'mocked' }))
  expect((await page.screenshot()).byteLength).toBeGreaterThan(1000)
  await page.context().tracing.start({ screenshots: true, snapshots: true })
  await page.goto('app://hangar/index.html')
  await page.context().tracing.stop()
  expect(await page.locator('h1').ariaSnapshot()).toContain('Sample')
  expect(page.workers()).toHaveLength(0)
  expect(app.windows()).toHaveLength(1)
})

test('nothing stays behind, even after SIGKILL', async ({ userData }) => {
  const app = await _electron.launch({ args: [SAMPLE, `--user-data-dir=${userData}`] })
  const page = await app.firstWindow()
  await page.waitForFunction(() => 'getPort' in window)
  await page.evaluate(async () => { await window.getPort(() => window.api.want('want-worker')) })
  const profile = await app.evaluate(async () => {
    const { chromium } = (globalThis as unknown as { standin: { chromium: { promise: Promise<{ process: { spawnargs: string[] } }> } } }).standin
    return (await chromium.promise).process.spawnargs.find((flag) => flag.startsWith('--user-data-dir='))!.split('=')[1]!
  })
  const worker = await app.evaluate(() => (globalThis as unknown as { worker: Electron.UtilityProcess }).worker.pid!)
  const processes = () => execFileSync('ps', ['-eo', 'stat,pid,cmd']).toString().split('\n').filter((line) => !line.startsWith('Z'))
  const left = () => processes().filter((line) => line.includes(profile) || Number(line.trim().split(/\s+/)[1]) === worker)
  expect(left().length).toBeGreaterThan(3)
  app.process().kill('SIGKILL')
  await expect.poll(left).toEqual([])
  await expect.poll(() => existsSync(profile)).toBe(false)
})
