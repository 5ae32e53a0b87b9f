import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { spawn as spawnPty } from '@lydell/node-pty'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { FLYCTL, PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
let machine: string
beforeAll(async () => {
  world = await startWorld({ seed: 13 })
  await world.control('agent', { folder: world.environment.FLY_CONFIG_DIR })
  const [first] = await world.machines('acme-web', 'started')
  machine = first?.id ?? ''
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

const console = (...args: string[]) => ['ssh', 'console', '-a', 'acme-web', '--machine', machine, ...args]

/** A console under a terminal, and what it shows. */
function open(...args: string[]) {
  const pty = spawnPty(FLYCTL, console(...args), { cols: 91, rows: 33, env: { ...world.environment, TERM: 'xterm' } })
  let screen = ''
  pty.onData((text) => {
    screen += text
  })
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)))
  return { pty, exited, shows: (text: string | RegExp) => expect.poll(() => screen, { timeout: 20_000 }).toMatch(text) }
}

test('a command has its outputs and its input, and its exit code only in words', async () => {
  const told = await world.run(console('-C', 'cat; echo no >&2; exit 7'), { stdin: 'into it\n' })
  expect(told).toMatchObject({ exitCode: 1, stdout: 'into it\n' })
  expect(told.stderr).toMatch(/^Connecting to fdaa:\S+\.\.\.\nno\nError: ssh shell: Process exited with status 7\n$/)
  expect(await world.run(console('-q', '-C', 'true'))).toEqual({ exitCode: 0, stdout: '', stderr: '' })
})

test('a signal that ended a command is told', async () => {
  const { exitCode, stderr } = await world.run(console('-C', 'kill -TERM $$'))
  expect(exitCode).toBe(1)
  expect(stderr).toContain('Error: ssh shell: Process exited with status 143 from signal TERM\n')
})

test('a console that nobody types into ends', async () => {
  expect(await world.run(console('-q'))).toMatchObject({ exitCode: 0 })
})

test('a flood comes out whole', async () => {
  const { exitCode, stdout } = await world.run(console('-q', '-C', 'head -c 6000000 /dev/zero | tr "\\\\0" x'))
  expect([exitCode, stdout.length]).toEqual([0, 6_000_000])
})

test('without a machine the first that runs is taken, one that does not run is refused', async () => {
  const { stdout } = await world.run(['ssh', 'console', '-a', 'acme-web', '-C', 'echo $FLY_MACHINE_ID'])
  expect(stdout).toMatch(/^No machine specified, using (\w+) in region \w+\n\1\n$/)
  const wrong = await world.run(['ssh', 'console', '-a', 'acme-web', '--machine', '0000000000dead', '-C', 'true'])
  expect(wrong).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('--machine="0000000000dead" not found/started'),
  })
  const nowhere = await world.run(['ssh', 'console', '-a', 'acme-web', '-r', 'xxx', '-C', 'true'])
  expect(nowhere).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('app acme-web has no VMs in region xxx'),
  })
  const none = await world.run(console('--container', 'web', '-C', 'true'))
  expect(none).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`no containers found for machine ${machine}`),
  })
})

test('a shell under a terminal follows its size; how it ends is not asked for', async () => {
  const { pty, exited, shows } = open()
  await shows(`root@${machine}:/workspace# `)
  pty.write('stty size\r')
  await shows('33 91')
  pty.resize(120, 40)
  pty.write('until [ "$(stty size)" = "40 120" ]; do sleep 0.05; done; echo si"zed"\r')
  await shows('sized')
  pty.write('exit 3\r')
  expect(await exited).toBe(0)
})

test('LOG_LEVEL=error silences what begins with WARN', async () => {
  const shell = ['ssh', 'console', '-a', 'acme-web', '-C', 'bash']
  const warned = await world.run(shell, { stdin: 'exit\n' })
  expect(warned.stdout).toMatch(/^WARN Allocating a pseudo-terminal/m)
  const silent = await world.run(shell, { stdin: 'exit\n', env: { LOG_LEVEL: 'error' } })
  expect(silent.stdout).not.toContain('WARN')
})

test('a bare shell as a command gets a terminal, with a warning', async () => {
  const { pty, exited, shows } = open('-C', 'bash')
  await shows('Allocating a pseudo-terminal since the command provided is a shell')
  await shows('/workspace# ')
  pty.write('exit 3\r')
  await shows('ssh shell: Process exited with status 3')
  expect(await exited).toBe(1)
})

test('a session that is cut, and one that is interrupted, end with words of their own', async () => {
  const { exited, shows } = open('-C', 'echo up; sleep 600')
  await shows(/up\r?\n/)
  await world.control('cut-sessions')
  await shows('ssh shell: wait: remote command exited without exit status or exit signal')
  expect(await exited).toBe(1)

  const child = spawn(FLYCTL, console('-C', 'echo up; sleep 600'), { env: world.environment })
  let told = ''
  child.stderr.on('data', (text) => {
    told += text
  })
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  expect((await once(child, 'close'))[0]).toBe(1)
  expect(told).toContain('session forcibly closed; the remote process may still be running')
})

test('who may not have a certificate has no console', async () => {
  const env = { FLY_API_TOKEN: world.fly.tokens.readonly }
  const { exitCode, stderr } = await world.run(console('-C', 'true'), { env })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('create ssh certificate: ')
})
