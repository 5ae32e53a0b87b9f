import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startSimulator } from '../start.ts'
import { findMachine, simulator } from '../test/client.ts'

const prefix = `hangar-machines-${process.getuid?.() ?? 'me'}-`
const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`${prefix}${process.pid}-`))

test('what a simulator left behind that could not end in peace is deleted by the next, and nothing else', async () => {
  const { pid: ended } = spawnSync('true')
  const left = join(tmpdir(), `${prefix}${ended}-crash1`)
  const used = join(tmpdir(), `${prefix}${process.ppid}-in-use`)
  for (const folder of [left, used]) mkdirSync(join(folder, 'machine'), { recursive: true })
  onTestFinished(() => rmSync(used, { recursive: true }))
  await simulator()
  expect([existsSync(left), existsSync(used)]).toEqual([false, true])
})

test('a simulator that ends takes every folder and process with it', async () => {
  const others = new Set(ours())
  const running = await startSimulator({ port: 0, machines: 90, seed: 7, rateLimits: 'off', delayScale: 0 })
  const [machine] = [...running.world.machines.values()].filter(({ state }) => state === 'started')
  if (!machine) throw new Error('No machine is started.')
  const shell = running.world.shells.start(machine, { run: { kind: 'line', line: 'sleep 600' } })
  const [folder = ''] = ours().filter((name) => !others.has(name))
  expect(folder).not.toBe('')
  await running.stop()
  expect(await shell.exited).toEqual({ code: 137, signal: 'SIGKILL' })
  expect(ours()).not.toContain(folder)
})

test('a mount cannot lead out of the disk', async () => {
  const client = await simulator()
  const { machine: seen } = await findMachine(client, { app: 'acme-web', state: 'started' })
  const machine = client.world.machines.get(seen.id)
  if (!machine) throw new Error('The machine is gone.')
  const outside = join(tmpdir(), `outside-${process.pid}`)
  writeFileSync(outside, 'kept')
  onTestFinished(() => rmSync(outside))
  const up = '../'.repeat(12)
  machine.config = { ...machine.config, mounts: [{ volume: 'vol_1', path: `/${up}${outside}` }] }
  const { root } = client.world.shells.disk(machine)
  expect(existsSync(join(root, outside))).toBe(true)
  expect(spawnSync('cat', [outside], { encoding: 'utf8' }).stdout).toBe('kept')
})
