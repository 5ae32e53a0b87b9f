import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '#electron/database/open-database.ts'
import { createStateLedger } from '#electron/database/state-ledger.ts'
import type { Log } from '#electron/lib/log.ts'
import { eventually, signInTo } from '#electron/test/active-account.ts'
import { startSimulator, type TestSimulator } from '#electron/test/simulator.ts'
import type { FleetUpdate, MachineDetail, MachineRow } from '#shared/contracts/fleet.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { fleetHandlers } from './handlers.ts'

const problems: string[] = []
const log: Log = {
  debug() {},
  info() {},
  warn() {},
  error: (message, details) => problems.push(`${message} ${details}`),
}
let simulator: TestSimulator
let folder = ''
let database: Database
let fleet: Fleet
let person: Awaited<ReturnType<typeof signInTo>>

vi.setConfig({ testTimeout: 30_000 })

beforeAll(async () => {
  simulator = await startSimulator({ delayScale: 0.05, rateLimits: 'off' })
})
afterAll(() => simulator.stop())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangar-fleet-'))
  database = openDatabase(join(folder, 'hangar.db'))
  await signIn()
})
afterEach(async () => {
  fleet.stop()
  database.close()
  rmSync(folder, { recursive: true, force: true })
  expect(problems).toEqual([])
})

async function signIn(token?: string) {
  person = await signInTo(simulator, token)
  open()
}

function open() {
  fleet = createFleet({ accounts: person.accounts, database, ledger: createStateLedger(database), log })
}

const live = () => eventually(() => (fleet.current().status().source === 'live' ? fleet.rows() : undefined))
const rowWhere = (fits: (row: MachineRow) => boolean) => eventually(() => fleet.rows().machines.find(fits))

/** Reads a stream until an item fits. */
async function until<T>(items: AsyncIterable<T>, fits: (item: T) => boolean): Promise<T> {
  for await (const item of items) if (fits(item)) return item
  throw new Error('The stream ended.')
}

test('the whole fleet is read, with users, volumes, digests and checks', async () => {
  await live()
  fleet.current().attach()
  const { machines, volumes, apps } = await eventually(() => {
    const rows = fleet.rows()
    return rows.machines.every(({ image }) => image?.digest) && rows.volumes.length > 0 ? rows : undefined
  })
  expect(machines.length).toBe(90)
  expect(volumes.length).toBe(70)
  expect(volumes.filter(({ orphan }) => orphan).length).toBe(6)
  expect(apps.length).toBeGreaterThanOrEqual(14)
  expect(new Set(apps.map(({ layout }) => layout))).toContain('workspaces')
  expect(machines.some(({ role, userId, volumeId }) => role === 'workspace' && userId && volumeId)).toBe(true)
  expect(machines.some(({ checks }) => checks)).toBe(true)
  expect(fleet.current().status().connection).toBe('connected')
})

test('the page gets the whole picture, then only what changed', async () => {
  await live()
  const controller = new AbortController()
  const mirror = new Map<string, MachineRow>()
  const apply = ({ reset, machines }: FleetUpdate) => {
    if (reset) mirror.clear()
    for (const row of machines.put) mirror.set(row.id, row)
    for (const id of machines.remove) mirror.delete(id)
  }
  const updates = fleetHandlers(fleet).watch({}, { signal: controller.signal })
  const started = await rowWhere(({ state, role }) => state === 'started' && role === 'service')
  let resets = 0
  await until(updates, (update) => {
    apply(update)
    resets += update.reset ? 1 : 0
    if (update.reset) void simulator.control('POST', '/destroy', { machine: started.id })
    if (!update.reset) expect(update.machines.put.length).toBeLessThan(90)
    if (update.machines.remove.includes(started.id)) return true
    void fleet.hint([{ app: started.app, id: started.id }])
    return false
  })
  expect(resets).toBe(1)
  expect(mirror.has(started.id)).toBe(false)
})

test('a saved picture is there before the network is', async () => {
  await live()
  const saved = await eventually(() => (fleet.rows().volumes.length > 0 ? fleet.rows() : undefined))
  fleet.stop()
  await simulator.control('POST', '/offline', {})
  try {
    open()
    expect(fleet.current().status().source).toBe('saved')
    expect(fleet.rows().machines.length).toBe(saved.machines.length)
    const offline = await eventually(() => {
      const status = fleet.current().status()
      return status.connection === 'offline' ? status : undefined
    })
    expect(offline.problem?.code).toBe('unavailable')
    expect(fleet.rows().machines.length).toBe(saved.machines.length)
  } finally {
    await simulator.control('POST', '/online', {})
  }
})

test('saved rows that cannot be read are passed over', async () => {
  const { machines } = await live()
  fleet.stop()
  expect(database.prepare("UPDATE saved_rows SET value = '{'").run().changes).toBe(1)
  open()
  expect(fleet.rows().machines).toEqual([])
  expect(await eventually(() => fleet.rows().machines.length === machines.length || undefined)).toBe(true)
})

test('a revoked token is said, and the rows stay', async () => {
  fleet.stop()
  await signIn(simulator.tokens.revoked)
  const status = await eventually(() => {
    const now = fleet.current().status()
    return now.connection === 'refused' ? now : undefined
  })
  expect(status.problem?.code).toBe('unauthenticated')
})

test('a deploy token sees the apps it is narrowed to', async () => {
  fleet.stop()
  await signIn(simulator.tokens.deploy)
  const rows = await eventually(() => (fleet.rows().machines.length > 0 ? fleet.rows() : undefined))
  expect(rows.apps).toHaveLength(1)
  const connected = await eventually(() => fleet.current().status().connection === 'connected' || undefined)
  expect(connected).toBe(true)
})

test('a region that gives no answer loses no machine', async () => {
  const { machines } = await live()
  const region = machines[0]?.region ?? ''
  await simulator.control('POST', '/error-region', { region, on: true })
  try {
    await fleet.current().refresh(AbortSignal.timeout(10_000))
    expect(fleet.current().status().errorRegions).toEqual([region])
    expect(fleet.rows().machines.length).toBe(machines.length)
  } finally {
    await simulator.control('POST', '/error-region', { region, on: false })
  }
})

test('a machine is told in full, again when it changes, and not-found once it is gone', async () => {
  await live()
  const machine = await rowWhere(
    ({ state, role, volumeId }) => state === 'started' && role === 'workspace' && !!volumeId,
  )
  const target = { app: machine.app, id: machine.id }
  const details = fleetHandlers(fleet).watchMachine(target, { signal: AbortSignal.timeout(20_000) })
  const read: MachineDetail[] = []
  const watching = (async () => {
    for await (const detail of details) {
      read.push(detail)
      if (read.length === 1)
        await simulator.control('POST', '/crash', { machine: machine.id, exitCode: 137, oom: true })
      if (detail.events.some(({ text }) => text.includes('out of memory'))) {
        await simulator.control('POST', '/destroy', { machine: machine.id })
      }
    }
  })()
  await expect(watching).rejects.toMatchObject({ code: 'not-found' })
  const [first] = read
  expect(first?.mounts[0]?.volumeId).toBe(machine.volumeId)
  expect(Number(first?.cost.hourWhenStarted)).toBeGreaterThan(0)
  expect(first?.cost.hoursThisMonth).toBeGreaterThanOrEqual(0)
  await eventually(() => (fleet.rows().machines.every(({ id }) => id !== machine.id) ? true : undefined))
})

test('streams end when the account does', async () => {
  await live()
  const updates = fleetHandlers(fleet).watch({}, { signal: AbortSignal.timeout(20_000) })
  const ended = (async () => {
    for await (const update of updates) if (update.reset) person.signOut()
    return true
  })()
  expect(await ended).toBe(true)
})

test('regions come with their price', async () => {
  const regions = await fleetHandlers(fleet).regions({}, { signal: AbortSignal.timeout(5_000) })
  expect(regions.find(({ code }) => code === 'fra')).toMatchObject({ markup: 1.153846154 })
})
