import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import type { Hangar } from './support/hangar.ts'
import { signInWithToken } from './support/sign-in.ts'

test('the page has no Node, no second window and nowhere else to go', async ({ signedIn }) => {
  const { app, page } = signedIn
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Electron's own, but not in its types.
    const read = window && Reflect.get(window.webContents, 'getLastWebPreferences')
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = read.call(window?.webContents)
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag }
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
  expect(
    await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
  ).toEqual(['undefined', 'undefined'])
  expect(await page.evaluate(() => window.open('https://example.com'))).toBeNull()
  await page.evaluate(() => {
    location.href = 'https://example.com'
  })
  await expect(page.getByRole('grid', { name: 'Machines' })).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/hangar\//)
  expect(app.windows()).toHaveLength(1)
})

test('the content security policy lets nothing in but our own files, and nothing out', async ({ signedIn }) => {
  const { page } = signedIn
  const [response] = await Promise.all([page.waitForResponse('app://hangar/index.html'), page.reload()])
  const policy = response.headers()['content-security-policy']
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe-eval')
  const outcome = await page.evaluate(() =>
    fetch('https://example.com').then(
      () => 'answered',
      () => 'refused',
    ),
  )
  expect(outcome).toBe('refused')
})

/** A token as it might be hidden: as it is, in base64, and for a URL. */
function disguises(token: string): string[] {
  const text = Buffer.from(token)
  return [token, text.toString('base64').replace(/=+$/, ''), text.toString('hex')]
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Command lines of every process of this computer. */
async function commandLines(): Promise<string> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(processes.map((id) => readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')))
  return lines.join('\n')
}

/** Everything the page holds that a script in it could reach. */
async function pageText({ page }: Hangar): Promise<string> {
  return page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      [...document.querySelectorAll('input, textarea')].map((field) => Reflect.get(field, 'value')).join(),
    ].join('\n'),
  )
}

test('the token is in no file, no command line and nowhere in the page', async ({
  launch,
  simulator,
  keyring,
  folder,
}) => {
  const hangar = await launch({ simulator, keyring: keyring.env })
  const heap = await hangar.page.context().newCDPSession(hangar.page)
  await signInWithToken(hangar, simulator.token)
  await expect(hangar.page.getByRole('row').nth(1)).toBeVisible()
  // Text that was typed into the page last is what a heap snapshot would show first.
  const chunks: string[] = []
  heap.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await heap.send('HeapProfiler.takeHeapSnapshot')
  const page = (await pageText(hangar)) + chunks.join('')
  const argv = await commandLines()
  await hangar.app.close()

  const files = await Promise.all((await filesBelow(folder)).map((file) => readFile(file, 'latin1')))
  expect(files.length).toBeGreaterThan(0)
  for (const hidden of disguises(simulator.token)) {
    expect(page.includes(hidden), 'in the page').toBe(false)
    expect(argv.includes(hidden), 'in a command line').toBe(false)
    expect(
      files.some((text) => text.includes(hidden)),
      'in a file',
    ).toBe(false)
  }
})
