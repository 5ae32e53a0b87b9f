import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive } from '#electron/test/is-alive.ts'
import { madeUpAccount } from '#electron/test/made-up-account.ts'
import { createFlyctl, type Flyctl } from './flyctl.ts'
import type { OutputLine } from './run-process.ts'

const TOKEN = 'fo1_made-up-for-this-test'
const never = new AbortController().signal

const account = madeUpAccount({
  endpoints: {
    machines: 'http://127.0.0.1:1',
    api: 'http://127.0.0.1:2',
    registryHost: '127.0.0.1:3',
    appDomain: 'fly.dev',
    appUrl: (app) => `http://127.0.0.1:4/${app}`,
  },
  token: async () => TOKEN,
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flyctl-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
})

/** A flyctl that is a shell script. It has all the time of a busy computer to end by itself, unless a test says less. */
async function scripted(
  body: string,
  environment: NodeJS.ProcessEnv = { PATH: process.env.PATH },
  graceMs = 20_000,
): Promise<Flyctl> {
  const file = join(folder, 'flyctl')
  await writeFile(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return createFlyctl({ locate: async () => file, configDir: join(folder, 'config'), environment, graceMs })
}

async function run(flyctl: Flyctl, signal = never) {
  const lines: OutputLine[] = []
  const { exitCode } = await flyctl.run({ account, args: ['deploy'], signal, onLine: (line) => lines.push(line) })
  return { exitCode, lines }
}

async function fileAppears(file: string): Promise<string> {
  while (true) {
    const content = await readFile(file, 'utf8').catch(() => '')
    if (content !== '') return content
    await sleep(5)
  }
}

test('both streams arrive as clean lines, and the exit code is kept', async () => {
  const flyctl = await scripted(`printf '\\033[32mone\\033[0m\\ntwo' ; echo 'Error: no' >&2; exit 3`)
  const { exitCode, lines } = await run(flyctl)
  expect(exitCode).toBe(3)
  expect(lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text)).toEqual(['one', 'two'])
  expect(lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text)).toEqual(['Error: no'])
})

test('the child sees what it needs and nothing else; the token goes in by one variable only', async () => {
  const flyctl = await scripted(`/usr/bin/env > "${'$0'}.env"; echo "$*" > "${'$0'}.args"`, {
    PATH: process.env.PATH,
    HOME: folder,
    FLY_APP: 'other',
    FLY_REGION: 'lhr',
    FLY_ACCESS_TOKEN: '',
    CI: 'true',
    AWS_SECRET_ACCESS_KEY: 'canary',
    HTTPS_PROXY: 'http://127.0.0.1:9',
  })
  await run(flyctl)
  const seen = await readFile(join(folder, 'flyctl.env'), 'utf8')
  expect(seen).toContain(`FLY_API_TOKEN=${TOKEN}\n`)
  expect(seen.split(TOKEN)).toHaveLength(2)
  expect(seen).toContain('FLY_FLAPS_BASE_URL=http://127.0.0.1:1\n')
  expect(seen).toContain('FLY_UIEX_BASE_URL=http://127.0.0.1:2\n')
  expect(seen).toContain('FLY_NO_UPDATE_CHECK=1\n')
  expect(seen).toContain('HTTPS_PROXY=http://127.0.0.1:9\n')
  expect(seen).not.toMatch(/FLY_APP=|FLY_REGION=|FLY_ACCESS_TOKEN=|^CI=|AWS_|canary/m)
  expect(await readFile(join(folder, 'flyctl.args'), 'utf8')).toBe('deploy\n')
})

test('tokens in the output are hidden, and the debug log is gone afterwards', async () => {
  const flyctl = await scripted(
    `mkdir -p "$FLY_CONFIG_DIR/logs"; echo secret > "$FLY_CONFIG_DIR/logs/a.log"; echo "TOKEN=$FLY_API_TOKEN"; echo "OTHER=fm2_somebodyelses"`,
  )
  expect((await run(flyctl)).lines).toEqual([
    { stream: 'stdout', text: 'TOKEN=[token]' },
    { stream: 'stdout', text: 'OTHER=fm2_[redacted]' },
  ])
  const [own] = await readdir(join(folder, 'config'))
  expect(await readdir(join(folder, 'config', own ?? ''))).toEqual([])
})

test('cancelling interrupts, lets flyctl clean up and keeps its exit code', async () => {
  const flyctl = await scripted(
    `trap 'echo interrupted; exit 127' INT; echo ready > "${'$0'}.ready"; while :; do sleep 0.01; done`,
  )
  const controller = new AbortController()
  const ended = run(flyctl, controller.signal)
  await fileAppears(join(folder, 'flyctl.ready'))
  controller.abort()
  const { exitCode, lines } = await ended
  expect(exitCode).toBe(127)
  expect(lines.at(-1)?.text).toBe('interrupted')
})

test('one that ignores the interrupt is killed after the grace time, with all it started', async () => {
  const flyctl = await scripted(
    `trap '' INT; sleep 300 & echo $! > "${'$0'}.child"; echo $$ > "${'$0'}.pid"; wait; sleep 300`,
    undefined,
    200,
  )
  const controller = new AbortController()
  const ended = run(flyctl, controller.signal)
  const pid = Number(await fileAppears(join(folder, 'flyctl.pid')))
  const child = Number(await fileAppears(join(folder, 'flyctl.child')))
  controller.abort()
  expect((await ended).exitCode).toBe(137)
  await expect.poll(() => isAlive(pid) || isAlive(child)).toBe(false)
})

test('a helper left behind in the group ends with the run', async () => {
  const flyctl = await scripted(`sleep 300 & echo $! > "${'$0'}.child"`)
  expect((await run(flyctl)).exitCode).toBe(0)
  const child = Number(await fileAppears(join(folder, 'flyctl.child')))
  await expect.poll(() => isAlive(child)).toBe(false)
})

test('a run that is cancelled before it starts never starts', async () => {
  const flyctl = await scripted(`echo > "${'$0'}.ran"`)
  await expect(run(flyctl, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
  await expect(access(join(folder, 'flyctl.ran'))).rejects.toThrow()
})

test('flyctl that is absent, or cannot run, is a sentence', async () => {
  const absent = createFlyctl({ locate: async () => undefined, configDir: folder })
  expect(await absent.status(never)).toEqual({ status: 'absent' })
  await expect(run(absent)).rejects.toMatchObject({ code: 'missing-tool', message: /Install it/ })
  const broken = createFlyctl({ locate: async () => join(folder, 'none'), configDir: folder })
  await expect(run(broken)).rejects.toMatchObject({ code: 'missing-tool' })
})

test('the version decides whether flyctl is good enough', async () => {
  const path = join(folder, 'flyctl')
  const recent = await scripted(`echo '{ "Name": "flyctl", "Version": "0.4.87" }'`)
  expect(await recent.status(never)).toEqual({ status: 'found', path, version: '0.4.87' })
  const old = await scripted(`echo 'flyctl v0.3.100 linux/amd64 Commit: x BuildDate: y'`)
  expect(await old.status(never)).toEqual({ status: 'too-old', path, version: '0.3.100', minimum: '0.4.20' })
})

test('a terminal gets a command with colours and a kind of terminal, and no token in its arguments', async () => {
  const flyctl = await scripted('')
  const { file, args, env } = await flyctl.command(account, ['ssh', 'console', '-a', 'shop'])
  expect(file).toBe(join(folder, 'flyctl'))
  expect(args).toEqual(['ssh', 'console', '-a', 'shop'])
  expect(env).toMatchObject({ TERM: 'xterm-256color', FLY_API_TOKEN: TOKEN })
  expect(env.NO_COLOR).toBeUndefined()
})

test('the login of flyctl is read from its own configuration, never from ours', async () => {
  const environment = {
    PATH: process.env.PATH,
    FLY_CONFIG_DIR: '/home/me/.fly',
    FLY_API_TOKEN: 'fo1_from-environment',
  }
  const flyctl = await scripted(`echo "{ \\"token\\": \\"fo1_login:$FLY_CONFIG_DIR:$FLY_API_TOKEN\\" }"`, environment)
  expect(await flyctl.readLogin(never)).toBe('fo1_login:/home/me/.fly:')
  const loggedOut = await scripted(
    `echo "Error: no access token available. Please login with 'flyctl auth login'" >&2; exit 1`,
  )
  await expect(loggedOut.readLogin(never)).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a build that floods loses no line', async () => {
  const flyctl = await scripted('seq 1 50000; seq 1 50000 >&2')
  const { lines } = await run(flyctl)
  for (const wanted of ['stdout', 'stderr']) {
    const texts = lines.filter(({ stream }) => stream === wanted).map(({ text }) => text)
    expect(texts).toHaveLength(50_000)
    expect(texts.at(-1)).toBe('50000')
  }
})

test('closing ends what runs and waits for its end', async () => {
  const flyctl = await scripted(`echo $$ > "$0.pid"; while :; do sleep 0.01; done`)
  const ended = run(flyctl)
  const pid = Number(await fileAppears(join(folder, 'flyctl.pid')))
  await flyctl.close()
  expect((await ended).exitCode).toBe(130)
  expect(isAlive(pid)).toBe(false)
})
