import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { expect, SAMPLE, sampleLog, test } from './fixtures.ts'

const ELECTRON = join(import.meta.dirname, '../bin/electron')

test('the app starts, answers questions about itself, and quits in order', async ({ userData }) => {
  const app = await _electron.launch({ args: [SAMPLE, `--user-data-dir=${userData}`] })
  await app.firstWindow()
  expect(await app.evaluate(({ app }) => [app.isReady(), app.isPackaged, app.getPath('userData'), app.getName(), app.getVersion(), app.isDefaultProtocolClient('hangar')])).toEqual([true, false, userData, 'Sample', '1.2.3', true])
  expect(await app.evaluate(() => [process.type, process.argv.at(-1), process.versions.electron])).toEqual(['browser', `--user-data-dir=${userData}`, '45.4.1'])
  await app.evaluate(({ app }, file) => {
    app.on('quit', () => process.getBuiltinModule('node:fs').writeFileSync(file, JSON.stringify((globalThis as unknown as { sampleLog: unknown[][] }).sampleLog.map(([name]) => name))))
  }, `${userData}/order.json`)
  const exit = new Promise((resolve) => app.process().once('exit', (code, signal) => resolve([code, signal])))
  await app.close()
  expect(await exit).toEqual([0, null])
  const order = JSON.parse(readFileSync(`${userData}/order.json`, 'utf8')) as string[]
  expect(order.filter((name) => /quit|ready$|all-closed/.test(name))).toEqual(['ready', 'before-quit', 'will-quit', 'quit'])
})

test('a second instance hands its arguments over and ends', async ({ app, page, userData }) => {
  await page.title()
  const second = spawn(ELECTRON, [SAMPLE, `--user-data-dir=${userData}`, 'hangar://open/42'], { stdio: 'ignore' })
  const [code] = await once(second, 'exit')
  expect(code).toBe(3)
  await expect.poll(() => sampleLog(app)).toContainEqual(['second-instance', 'hangar://open/42', { from: 'second' }])
})

test('open-url arrives by argument, and exit codes are kept', async ({ userData }) => {
  const app = await _electron.launch({ args: [SAMPLE, `--user-data-dir=${userData}`, '--standin-open-url=hangar://x'] })
  await app.firstWindow()
  await expect.poll(() => sampleLog(app)).toContainEqual(['open-url', 'hangar://x'])
  const exit = once(app.process(), 'exit')
  await app.evaluate(({ app }) => { setTimeout(() => app.exit(7), 20) })
  expect((await exit)[0]).toBe(7)
})

test('closing the last window quits the app', async ({ userData }) => {
  const app = await _electron.launch({ args: [SAMPLE, `--user-data-dir=${userData}`] })
  const page = await app.firstWindow()
  await page.waitForURL('app://hangar/index.html')
  const exit = once(app.process(), 'exit')
  const window = await app.browserWindow(page)
  await window.evaluate((one) => { setTimeout(() => one.close(), 10) })
  expect((await exit)[0]).toBe(0)
})
