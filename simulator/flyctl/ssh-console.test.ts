import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn as spawnPty } from '@lydell/node-pty'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { APP, FLYCTL, PATIENCE_MS, startWorld, type World } from './stand-in.test-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

test('one command on a machine has its output and not its exit code', async () => {
  const id = await world.startedMachine()
  const fine = await world.run([
    'ssh',
    'console',
    '-a',
    APP,
    '--machine',
    id,
    '-C',
    'echo $FLY_MACHINE_ID; echo [$FLY_API_TOKEN]',
  ])
  expect(fine).toMatchObject({ exitCode: 0, stdout: `${id}\n[]\n` })
  expect(fine.stderr).toMatch(/^Connecting to fdaa:\S+\.\.\.\n$/)
  const bad = await world.run(['ssh', 'console', '-a', APP, '--machine', id, '-C', 'exit 7'])
  expect(bad.exitCode).toBe(1)
  expect(bad.stderr).toContain('Error: ssh shell: Process exited with status 7\n')
})

test('a machine that is not started has no shell', async () => {
  const { exitCode, stderr } = await world.run(['ssh', 'console', '-a', APP, '--machine', '0000000000dead'])
  expect(exitCode).toBe(1)
  expect(stderr).toBe('Error: --machine="0000000000dead" not found/started\n')
})

/** What a console under a terminal of its own shows, and how it ends. */
function openConsole(args: string[], size = { cols: 91, rows: 33 }) {
  const pty = spawnPty(FLYCTL, ['ssh', 'console', '-a', APP, ...args], {
    ...size,
    cwd: world.folder,
    env: world.environment({ TERM: 'xterm-256color' }),
  })
  let screen = ''
  pty.onData((text) => {
    screen += text
  })
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)))
  return { pty, exited, shows: (text: string | RegExp) => expect.poll(() => screen, { timeout: 10_000 }).toMatch(text) }
}

test('a shell under a terminal names its machine, knows its size, and nothing of this computer', async () => {
  const id = await world.startedMachine()
  const { pty, exited, shows } = openConsole(['--machine', id])
  await shows(`root@${id}:/workspace# `)
  pty.write('stty size; cd ..; mkdir -p data; cd data; echo "token=[$FLY_API_TOKEN] $TERM"\r')
  await shows(`root@${id}:/data# `)
  await shows(/33 91\r\ntoken=\[\] xterm-256color/)
  pty.resize(120, 40)
  pty.write('until [ "$(stty size)" = "40 120" ]; do sleep 0.05; done; echo si"zed"\r')
  await shows('sized')
  pty.write('sleep 600\r')
  await shows('sleep 600')
  pty.write('\x03')
  await shows(/\^C[\s\S]*root@/)
  // flyctl does not ask how a shell without a command has ended.
  pty.write('exit 3\r')
  expect(await exited).toBe(0)
})

test('closing the terminal ends the shell and what it has started', async () => {
  const { pty, exited, shows } = openConsole(['--machine', await world.startedMachine()])
  await shows('/workspace# ')
  pty.write('sleep 7777 & echo pid=$$\r')
  await shows(/pid=\d+\r/)
  expect(running('sleep 7777')).toBe(true)
  pty.kill('SIGHUP')
  await exited
  await expect.poll(() => running('sleep 7777'), { timeout: 5000 }).toBe(false)
})

test('a machine that stops takes the session along', async () => {
  const id = await world.startedMachine()
  const { exited, shows } = openConsole(['--machine', id, '-C', 'echo up; sleep 600', '--pty'])
  await shows('up')
  await world.command(id, 'stop')
  await shows('Error: ssh shell: wait: remote command exited without exit status or exit signal')
  expect(await exited).toBe(1)
  await world.command(id, 'start')
})

test('where an agent listens in the configuration folder, the console goes through it', async () => {
  const folder = join(tmpdir(), `agent-${world.pid}`)
  await world.control('agent', { folder })
  const args = ['ssh', 'console', '-a', APP, '--machine', await world.startedMachine(), '-C', 'cat']
  const extra = { FLY_CONFIG_DIR: folder, FLY_FLAPS_BASE_URL: world.fly.machines }
  expect(await world.run(args, extra)).toMatchObject({ exitCode: 0 })
  rmSync(folder, { recursive: true, force: true })
})

const running = (command: string) => spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).stdout.includes(command)
