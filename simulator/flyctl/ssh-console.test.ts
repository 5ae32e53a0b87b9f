import { existsSync } from 'node:fs'
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
  expect(fine.stderr).toMatch(/^Connecting to fdaa:\S+\.\.\. complete\n/)
  const bad = await world.run(['ssh', 'console', '-a', APP, '--machine', id, '-C', 'exit 7'])
  expect(bad.exitCode).toBe(1)
  expect(bad.stderr).toContain('Error: ssh shell: Process exited with status 7\n')
})

test('a machine that is not started has no shell', async () => {
  const { exitCode, stderr } = await world.run(['ssh', 'console', '-a', APP, '--machine', '0000000000dead'])
  expect(exitCode).toBe(1)
  expect(stderr).toBe('Error: --machine="0000000000dead" not found/started\n')
})

test('a shell under a terminal names its machine, knows its size, and leaves nothing behind', async () => {
  const id = await world.startedMachine()
  const port = new URL(world.fly.machines).port
  const disk = join(tmpdir(), `hangar-machines-${process.getuid?.()}-${port}`, id)
  const pty = spawnPty(FLYCTL, ['ssh', 'console', '-a', APP, '--machine', id], {
    cols: 91,
    rows: 33,
    cwd: world.folder,
    env: world.environment({ TERM: 'xterm-256color' }),
  })
  let screen = ''
  pty.onData((text) => {
    screen += text
  })
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)))
  await expect.poll(() => screen, { timeout: 10_000 }).toContain(`root@${id}:/workspace# `)
  pty.write('stty size; cd ..; mkdir -p data; cd data; echo "token=[$FLY_API_TOKEN]"\r')
  await expect.poll(() => screen, { timeout: 10_000 }).toContain(`root@${id}:/data# `)
  expect(screen).toContain('33 91')
  expect(screen).toContain('token=[]')
  pty.resize(120, 40)
  pty.write('stty size\r')
  await expect.poll(() => screen, { timeout: 10_000 }).toContain('40 120')
  expect(existsSync(disk)).toBe(true)
  pty.write('exit\r')
  expect(await exited).toBe(0)
  await expect.poll(() => existsSync(disk)).toBe(false)
})

test('closing the terminal ends the shell and takes the folder along', async () => {
  const id = await world.startedMachine()
  const pty = spawnPty(FLYCTL, ['ssh', 'console', '-a', APP, '--machine', id], {
    cwd: world.folder,
    env: world.environment(),
  })
  let screen = ''
  pty.onData((text) => {
    screen += text
  })
  await expect.poll(() => screen, { timeout: 10_000 }).toContain(`root@${id}:/workspace# `)
  const exited = new Promise((resolve) => pty.onExit(resolve))
  pty.kill('SIGHUP')
  await exited
  const disk = join(tmpdir(), `hangar-machines-${process.getuid?.()}-${new URL(world.fly.machines).port}`, id)
  await expect.poll(() => existsSync(disk)).toBe(false)
})
