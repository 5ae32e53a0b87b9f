import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startMainProcess } from '#electron/test/main-process.ts'
import { startSimulator, type TestSimulator } from '#electron/test/simulator.ts'

// A whole deployment, on a computer that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let simulator: TestSimulator
let main: Awaited<ReturnType<typeof startMainProcess>>
beforeEach(async () => {
  simulator = await startSimulator({ rateLimits: 'off', delayScale: 0 })
  main = await startMainProcess({ ...simulator.environment, HANGAR_NODE: process.execPath, SIMULATOR_PACE: '0.05' })
})
afterEach(async () => {
  await main.remove()
  await simulator.stop()
})

/** The token as it is, as the registry's password, and for a URL. */
const disguises = (token: string) => [
  token.slice(4),
  Buffer.from(token).toString('base64').slice(0, -4),
  Buffer.from(`x:${token}`).toString('base64').slice(0, -4),
]

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Every command line on this computer, again and again until told to stop. */
async function watchCommandLines(signal: AbortSignal): Promise<string> {
  let seen = ''
  while (!signal.aborted) {
    seen += (await execa('ps', ['-ww', '-eo', 'args'])).stdout
    await sleep(30)
  }
  return seen
}

async function first<T>(items: AsyncIterable<T>): Promise<T> {
  for await (const item of items) return item
  throw new Error('It ended without an item.')
}

async function signIn(token: string): Promise<void> {
  main.clipboard.text = token
  const { candidateId } = await main.ipc.accounts.inspectClipboard({})
  await main.ipc.accounts.signIn({ candidateId, keep: 'session' })
}

/** A day's work in short: look, fail, deploy. Answers of the main process are collected as the page would see them. */
async function exercise(app: string): Promise<string> {
  const { ipc, folder } = main
  const answers: unknown[] = []
  const keep = async (answer: Promise<unknown>) =>
    void answers.push(await answer.catch((error: unknown) => String(error)))
  await keep(first(ipc.accounts.watch({})))
  await keep(first(ipc.fleet.watch({})))
  await keep(first(ipc.logs.tail({ app })))
  await keep(first(ipc.logs.tail({ app: 'no-such-app' })))
  await simulator.control('POST', '/fail', {
    path: '/v1/platform/regions',
    status: 403,
    body: { error: `no: ${simulator.token}` },
  })
  await keep(ipc.fleet.regions({}))

  const project = join(folder, 'project')
  await mkdir(project)
  await writeFile(join(project, 'fly.toml'), `app = "${app}"\n[http_service]\ninternal_port = 8080\n`)
  await writeFile(join(project, 'Dockerfile'), 'FROM scratch\n')
  const { imageLabel } = await ipc.deploys.inspect({ folder: project })
  const { id } = await ipc.deploys.start({ folder: project, app, imageLabel })
  for await (const { deployment, lines } of ipc.deploys.follow({ id })) answers.push(deployment, lines)
  return JSON.stringify(answers)
}

test('a token is in no file, no log, no command line and nothing the page is told', async () => {
  const token = simulator.token
  await signIn(`FlyV1 ${token}`)
  const over = new AbortController()
  const commandLines = watchCommandLines(over.signal)
  const told = await exercise('acme-docs')
  over.abort()
  const commands = await commandLines
  await main.quit()

  const files = await filesBelow(main.folder)
  expect(files.map((file) => file.slice(main.folder.length + 1))).toEqual(
    expect.arrayContaining(['accounts.json', 'hangar.db', 'logs/hangar.log']),
  )
  expect(commands).toContain('flyctl')
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')))
  for (const secret of disguises(token)) {
    expect(files.filter((_, index) => texts[index]?.includes(secret))).toEqual([])
    expect(commands.includes(secret), 'in a command line').toBe(false)
    expect(told.includes(secret), 'told to the page').toBe(false)
  }
})

test('quitting leaves no process behind, not even in the middle of a deployment', async () => {
  await signIn(simulator.token)
  const project = join(main.folder, 'project')
  await mkdir(project)
  await writeFile(join(project, 'fly.toml'), 'app = "acme-web"\n')
  await writeFile(join(project, 'Dockerfile'), 'FROM scratch\n')
  const { imageLabel } = await main.ipc.deploys.inspect({ folder: project })
  const { id } = await main.ipc.deploys.start({ folder: project, app: 'acme-web', imageLabel })
  await first(main.ipc.deploys.follow({ id }))
  await main.quit()
  const { stdout } = await execa('ps', ['-ww', '-eo', 'args'])
  expect(stdout).not.toContain(imageLabel)
})
