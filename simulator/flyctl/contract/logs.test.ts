import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { LogEntry } from './shapes.ts'
import { PATIENCE_MS, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ seed: 21 })
}, PATIENCE_MS)
afterAll(() => world.stop())
vi.setConfig({ testTimeout: PATIENCE_MS })

/** One JSON document after the other, each over many lines. */
const documents = (stdout: string): unknown[] =>
  stdout
    .split(/^(?=\{$)/m)
    .filter((text) => text.trim() !== '')
    .map((text) => JSON.parse(text))

test('the last lines, with where they are from', async () => {
  const { exitCode, stdout, stderr } = await world.run(['logs', '-a', 'acme-web', '-n'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length).toBeGreaterThan(5)
  // What the proxy has against a request stands in front.
  const Line = /^(error\.message=".*" )?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \S+\[\w+\] \w{3} \[\w+\]/
  for (const line of lines) expect(line).toMatch(Line)
})

test('as JSON it is one document after the other', async () => {
  const { stdout } = await world.run(['logs', '-a', 'acme-web', '-n', '--json'])
  const entries = documents(stdout).map((entry) => LogEntry.parse(entry))
  expect(entries.length).toBeGreaterThan(5)
})

test('of one machine, or of one region', async () => {
  const [machine] = await world.machines('acme-web', 'started')
  const instances = async (...args: string[]) => {
    const { stdout } = await world.run(['logs', '-a', 'acme-web', '-n', '--json', ...args])
    return documents(stdout).map((entry) => LogEntry.parse(entry))
  }
  const ofMachine = await instances('-m', machine?.id ?? '')
  expect(new Set(ofMachine.map(({ instance }) => instance))).toEqual(new Set([machine?.id]))
  const ofRegion = await instances('-r', 'iad')
  expect(new Set(ofRegion.map(({ region }) => region))).toEqual(new Set(['iad']))
})

test('a tail says what is said from now on, until it is interrupted', async () => {
  const { child, said, ended } = world.start(['logs', '-a', 'acme-web'])
  await vi.waitFor(() => expect(said.stdout).not.toBe(''), PATIENCE_MS)
  await world.control('push-logs', { app: 'acme-web', messages: ['said to the contract'] })
  await vi.waitFor(() => expect(said.stdout).toContain('said to the contract'), PATIENCE_MS)
  child.kill('SIGINT')
  expect((await ended).exitCode).toBe(127)
})
