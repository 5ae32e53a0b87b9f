import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { beginStop, stopOrder } from '../machines/stop.ts'
import { findMachine, simulator, simulatorInProcess, waitFor } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'
import type { World } from '../world/world.ts'
import type { Entry } from './entry.ts'
import type { LogStyle } from './log-rates.ts'
import { type LogRequest, readLogs } from './read-logs.ts'
import { setLogRate } from './set-log-rate.ts'

const APP = 'acme-workspaces'
const SECOND = 1_000_000_000n
const ALL = { instance: undefined, region: undefined }
const WIDE = { lines: 1_000_000, text: 1_000_000_000 }

const appOf = (world: World) => {
  const app = world.apps.get(APP)
  if (!app) throw new Error('The demo has no such app.')
  return app
}
const nowOf = (world: World) => BigInt(Math.floor(world.clock.now())) * 1_000_000n
const fleet = () => simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START) })

function readAll(world: World, after: bigint, filter: Omit<LogRequest, 'after'>, limits = WIDE): Entry[] {
  const lines: Entry[] = []
  for (let next = after; ; ) {
    const page = readLogs(world, appOf(world), { ...filter, after: next }, limits)
    if (page.lines.length === 0) return lines
    lines.push(...page.lines)
    next = page.next
  }
}

const styles = fc.constantFrom<LogStyle[]>('plain', 'story', 'hostile')
const rates = fc.array(
  fc.record({
    whose: fc.constantFrom('world', 'app', 'machine'),
    linesPerSecond: fc.double({ min: 0.1, max: 400, noNaN: true }),
    style: styles,
    pause: fc.integer({ min: 1, max: 700 }),
  }),
  { minLength: 1, maxLength: 4 },
)
const pages = fc.record({ lines: fc.integer({ min: 1, max: 60 }), text: fc.integer({ min: 1, max: 50_000 }) })
const filters = fc.constantFrom('none', 'instance', 'region')

async function talk(client: ReturnType<typeof fleet>, changes: z.infer<typeof Changes>) {
  const [first] = client.world.runs.lives(APP).filter(({ machine }) => machine.state === 'started')
  for (const { whose, linesPerSecond, style, pause } of changes) {
    const who = { world: {}, app: { app: APP }, machine: { machine: first?.machine.id } }[whose]
    setLogRate(client.world, { ...who, linesPerSecond, style })
    await client.advance(pause)
  }
  return first?.machine.id ?? ''
}
const Changes = z.array(
  z.object({
    whose: z.enum(['world', 'app', 'machine']),
    linesPerSecond: z.number(),
    style: z.enum(['plain', 'story', 'hostile']),
    pause: z.number(),
  }),
)

test('pages of any size and any filter are the filter of one long read, nothing lost and nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(rates, pages, filters, async (changes, limits, filter) => {
      const client = fleet()
      const after = nowOf(client.world) - 5n * SECOND
      const instance = await talk(client, Changes.parse(changes))
      const whole = readAll(client.world, after, ALL)
      const wanted = { none: ALL, instance: { ...ALL, instance }, region: { ...ALL, region: 'iad' } }[filter]
      const fits = (entry: Entry) =>
        (wanted.instance ?? entry.instance) === entry.instance && (wanted.region ?? entry.region) === entry.region
      expect(readAll(client.world, after, wanted, limits)).toEqual(whole.filter(fits))
      expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
    }),
    { numRuns: 25 },
  )
})

test('a cursor of one’s own, anywhere, gives exactly what lies behind it', async () => {
  const client = fleet()
  await talk(client, [{ whose: 'app', linesPerSecond: 300, style: 'hostile', pause: 900 }])
  const start = nowOf(client.world) - 3n * SECOND
  const whole = readAll(client.world, start, ALL)
  fc.assert(
    fc.property(fc.bigInt({ min: start, max: nowOf(client.world) }), pages, (after, limits) => {
      expect(readAll(client.world, after, ALL, limits)).toEqual(whole.filter(({ at }) => at > after))
    }),
    { numRuns: 40 },
  )
})

test('a line on the very edge of a look comes once, whatever cursor led there', async () => {
  const client = fleet()
  await talk(client, [{ whose: 'app', linesPerSecond: 300, style: 'plain', pause: 900 }])
  const whole = readAll(client.world, nowOf(client.world) - 3n * SECOND, ALL)
  // A look goes a millisecond ahead of its cursor at first.
  const edges = [-1_000_002n, -1_000_001n, -1_000_000n, -1n, 0n, 1n]
  for (const line of whole.slice(10, 30)) {
    for (const edge of edges) {
      const after = line.at + edge
      const { lines } = readLogs(client.world, appOf(client.world), { ...ALL, after })
      expect(lines.slice(0, 20)).toEqual(whole.filter(({ at }) => at > after).slice(0, 20))
    }
  }
})

test('a follower that asks now and then while machines come and go misses nothing', async () => {
  const client = fleet()
  const { world } = client
  const start = nowOf(world)
  setLogRate(world, { app: APP, linesPerSecond: 120, style: 'hostile' })
  const seen: Entry[] = []
  let cursor = start
  const machines = [...world.machines.values()].filter(({ app, state }) => app === APP && state === 'started')
  for (const machine of machines.slice(0, 12)) {
    beginStop(world, machine, { ...stopOrder(machine), source: 'user' })
    await client.advance(world.random.int(1, 400))
    const { lines, next } = readLogs(world, appOf(world), { ...ALL, after: cursor })
    seen.push(...lines)
    cursor = next
  }
  await client.advance(1_000)
  seen.push(...readAll(world, cursor, ALL))
  expect(seen).toEqual(readAll(world, start, ALL))
  expect(seen.length).toBeGreaterThan(100)
})

test('the past of a machine stays when its events are forgotten and when it is destroyed', async () => {
  const client = fleet()
  const { machine, path } = await findMachine(client, { app: APP, state: 'started' })
  const filter = { ...ALL, instance: machine.id }
  const start = nowOf(client.world) - 600n * SECOND
  const before = readAll(client.world, start, filter)
  for (let round = 0; round < 12; round += 1) {
    await client.ask('POST', `${path}/restart`)
    await client.advance(2_000)
  }
  await client.ask('DELETE', `${path}?force=true`)
  await client.advance(60_000)
  expect(client.world.machines.has(machine.id)).toBe(false)
  expect(before.length).toBeGreaterThan(10)
  expect(readAll(client.world, start, filter).slice(0, before.length)).toEqual(before)
})

test('a week can be read back, and not more', () => {
  const { world } = fleet()
  const week = 7n * 86_400n * SECOND
  const [oldest] = readLogs(world, appOf(world), { ...ALL, after: 5n }).lines
  expect(oldest?.at).toBeGreaterThan(nowOf(world) - week - SECOND)
  expect(oldest?.at).toBeLessThan(nowOf(world) - week + 3_600n * SECOND)
})

test.each([0.1, 7, 2_000, 50_000])('%d lines a second are as many', async (linesPerSecond) => {
  const client = fleet()
  setLogRate(client.world, { app: APP, linesPerSecond, style: 'plain' })
  const start = nowOf(client.world)
  const seconds = Math.max(0.5, 40 / linesPerSecond)
  await client.advance(seconds * 1000 + 5)
  const lines = readAll(client.world, start, ALL).filter(({ id }) => !id.endsWith('event'))
  // Each machine has one line more or less at either end.
  const machines = client.world.runs.lives(APP).length
  expect(Math.abs(lines.length - linesPerSecond * seconds)).toBeLessThan(machines)
})

test('hostile lines go through JSON unharmed, and a page holds a few megabytes at most', async () => {
  const client = await simulator({ clock: createVirtualClock(VIRTUAL_START) })
  const start = nowOf(client.world)
  expect((await client.control('log-rate', { app: APP, linesPerSecond: 200, style: 'hostile' })).status).toBe(200)
  await client.advance(30_000)
  const Page = z.object({
    data: z.array(z.object({ attributes: z.looseObject({ message: z.string(), timestamp: z.string() }) })),
    meta: z.object({ next_token: z.string() }),
  })
  const messages: string[] = []
  const sizes: number[] = []
  for (let token = String(start); ; ) {
    const page = Page.parse((await client.ask('GET', `/api/v1/apps/${APP}/logs?next_token=${token}`)).body)
    if (page.data.length === 0) break
    const said = page.data.map(({ attributes }) => attributes.message)
    sizes.push(said.join('').length)
    messages.push(...said)
    token = page.meta.next_token
  }
  expect(messages).toEqual(readAll(client.world, start, ALL).map(({ message }) => message))
  expect(Math.max(...sizes)).toBeLessThan(3_200_000)
  for (const nasty of ['\u0000', '\u001b]52;', '\ud83d surrogate', '\r\n', '\u202e'])
    expect(messages.some((message) => message.includes(nasty))).toBe(true)
  expect(messages).toContain('')
  expect(messages.some(({ length }) => length >= 65_536)).toBe(true)
})

test('late lines and bursts keep their place behind the cursor', async () => {
  const client = fleet()
  setLogRate(client.world, { app: APP, linesPerSecond: 300, style: 'hostile' })
  const start = nowOf(client.world)
  await client.advance(3_000)
  const lines = readAll(client.world, start, ALL)
  const shown = lines.map(({ at, timestamp }) => timestamp ?? at)
  expect(shown.some((time, place) => time < (shown[place - 1] ?? 0n))).toBe(true)
  expect(shown.filter((time, place) => time === shown[place - 1]).length).toBeGreaterThan(10)
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((a, b) => Number(a - b)))
})

test('a machine on a lost host says nothing until the host is back', async () => {
  const client = fleet()
  const { machine } = await findMachine(client, { app: APP, state: 'started' })
  const filter = { ...ALL, instance: machine.id }
  setLogRate(client.world, { machine: machine.id, linesPerSecond: 50 })
  await client.control('host', { machine: machine.id, status: 'unreachable' })
  const lost = nowOf(client.world)
  await client.advance(5_000)
  expect(readAll(client.world, lost, filter)).toEqual([])
  await client.control('host', { machine: machine.id, status: 'ok' })
  await client.advance(5_000)
  expect(readAll(client.world, lost, filter)[0]?.at).toBeGreaterThan(lost + 5n * SECOND)
})

test('a check that fails or passes, and a proxy that finds nobody, say so with what they know', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: APP, state: 'stopped' })
  const start = nowOf(client.world)
  await client.ask('POST', `${path}/start`)
  await waitFor(client, path, 'started')
  await expect
    .poll(() => readAll(client.world, start, { ...ALL, instance: machine.id }).map(({ message }) => message))
    .toContain("Health check 'servicecheck-00-http-8080' is now passing.")
  for (const { hostStatus, ...other } of client.world.machines.values()) {
    if (other.app === 'acme-api')
      Object.assign(client.world.machines.get(other.id) ?? {}, { state: 'failed', hostStatus })
  }
  expect((await client.ask('GET', '/_apps/acme-api/v1/files')).status).toBe(503)
  await expect
    .poll(async () => (await client.ask('GET', `/api/v1/apps/acme-api/logs?next_token=${start}`)).body)
    .toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({
          attributes: expect.objectContaining({
            level: 'error',
            meta: expect.objectContaining({
              event: { provider: 'proxy' },
              http: { request: { id: '', method: 'GET', version: '1.1' }, response: { status_code: 503 } },
              error: { code: 4, message: expect.stringContaining('good candidate') },
              url: { full: 'https://acme-api.fly.dev/v1/files' },
            }),
          }),
        }),
      ]),
    })
})

test.each([
  ['2026-11-21T12:00:00Z', 400],
  ['-1', 400],
  ['1e9', 400],
  ['', 200],
])('the cursor "%s" is answered with %d', async (token, status) => {
  const client = await simulator()
  expect((await client.ask('GET', `/api/v1/apps/${APP}/logs?next_token=${token}`)).status).toBe(status)
})

test.each([
  [{ app: 'nobody' }, 404],
  [{ machine: 'nobody' }, 404],
  [{ linesPerSecond: 50_001 }, 400],
  [{ style: 'loud' }, 400],
  [{}, 200],
])('the rate %j is answered with %d', async (rate, status) => {
  const client = await simulator()
  expect((await client.control('log-rate', rate)).status).toBe(status)
})
