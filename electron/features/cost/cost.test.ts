import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LedgerEntry } from '#electron/database/state-ledger.ts'
import { CostSummary } from '#shared/contracts/cost.ts'
import type { AppRow, MachineRow, VolumeRow } from '#shared/contracts/fleet.ts'
import { type Amounts, sumAmounts } from '#shared/pricing/amounts.ts'
import { formatDollars } from '#shared/pricing/money.ts'
import { type CostInput, costSummary } from './cost-summary.ts'

const HOUR = 3_600_000
const NOVEMBER = Date.UTC(2026, 10, 1)
const guest = { cpuKind: 'shared', cpus: 1, memoryMb: 256 } as const
const organizations = [{ slug: 'acme', name: 'Acme' }]

function machine(over: Partial<MachineRow> = {}): MachineRow {
  return {
    id: 'm1',
    name: 'm1',
    app: 'desk',
    org: 'acme',
    state: 'started',
    hostStatus: 'ok',
    region: 'iad',
    role: 'workspace',
    guest,
    since: NOVEMBER,
    sinceExact: true,
    createdAt: NOVEMBER - HOUR,
    updatedAt: NOVEMBER,
    monthEstimate: '2.19',
    hourEstimate: '0.003',
    ...over,
  }
}

function volume(over: Partial<VolumeRow> = {}): VolumeRow {
  return {
    id: 'vol_1',
    name: 'work',
    app: 'desk',
    org: 'acme',
    state: 'created',
    region: 'iad',
    sizeGb: 10,
    encrypted: true,
    orphan: false,
    createdAt: NOVEMBER - HOUR,
    monthEstimate: '1.5',
    ...over,
  }
}

const machines = { total: 1, started: 1, failing: 0 }
const desk: AppRow = {
  name: 'desk',
  org: 'acme',
  status: 'deployed',
  machines,
  volumes: 1,
  regions: [],
  layout: 'service',
  monthEstimate: '0',
}

const entry = (machineId: string, at: number, state: string, app = 'desk'): LedgerEntry => {
  return { machineId, at, state, app, org: 'acme', region: 'iad', guest, how: 'event' }
}
const ledger = (...list: LedgerEntry[]) => Map.groupBy(list, ({ machineId }) => machineId)
const input = (over: Partial<CostInput> = {}): CostInput => {
  return {
    apps: [desk],
    machines: [machine()],
    volumes: [],
    entries: new Map(),
    organizations,
    now: NOVEMBER + 360 * HOUR,
    ...over,
  }
}

test('a machine started all of a month of 30 days costs its price, half of it half way', async () => {
  const summary = await costSummary(input({ entries: ledger(entry('m1', NOVEMBER - HOUR, 'started')) }))
  expect(formatDollars(summary.monthToDate.total)).toBe('$1.10')
  expect(formatDollars(summary.monthForecast.total)).toBe('$2.19')
  expect(summary).toMatchObject({ month: '2026-11', pricesFrom: '2026-10-09' })
  expect(summary.knownSince).toBeUndefined()
  expect(CostSummary.safeParse(summary).success).toBe(true)
})

test('hours before the first state seen are assumed, and it is said since when they are known', async () => {
  const first = NOVEMBER + 100 * HOUR
  const summary = await costSummary(input({ entries: ledger(entry('m1', first, 'started')) }))
  expect(summary.knownSince).toBe(first)
  expect(formatDollars(summary.monthToDate.total)).toBe('$1.10')
})

test('a machine that is gone is still on the bill of the month, with its app', async () => {
  const gone = ledger(entry('m9', NOVEMBER, 'started', 'old'), entry('m9', NOVEMBER + 10 * HOUR, 'destroyed', 'old'))
  const summary = await costSummary(input({ machines: [], entries: gone }))
  const old = summary.apps.find(({ app }) => app === 'old')
  expect(old).toMatchObject({ machines: 0 })
  expect(new Big(old?.monthToDate.compute ?? 0).gt('0.03')).toBe(true)
  expect(old?.monthForecast).toEqual(old?.monthToDate)
})

test('orphans are counted and priced, and what is left out is said', async () => {
  const summary = await costSummary(input({ volumes: [volume(), volume({ id: 'vol_2', orphan: true })] }))
  expect(summary.orphanVolumes).toEqual({ count: 1, month: '1.5' })
  expect(summary.monthToDate.volumes).toBe('1.5')
  expect(summary.leftOut.join(' ')).toContain('snapshots')
})

test('an organization without anything costs nothing', async () => {
  const summary = await costSummary(input({ organizations: [...organizations, { slug: 'empty', name: 'Empty' }] }))
  expect(summary.organizations.map(({ name, monthToDate }) => [name, new Big(monthToDate.total).gt(0)])).toEqual([
    ['Acme', true],
    ['Empty', false],
  ])
})

const moment = fc.integer({ min: -800, max: 1600 }).map((hours) => NOVEMBER + hours * HOUR)
const state = fc.constantFrom('started', 'stopped', 'suspended', 'failed', 'destroyed')
const anyEntries = fc.array(
  fc.record({ id: fc.constantFrom('m1', 'm2', 'm3'), at: moment, state, app: fc.constantFrom('desk', 'shop') }),
)
const anyInput = fc
  .record({ list: anyEntries, now: fc.integer({ min: 0, max: 719 }), state, since: moment, createdAt: moment })
  .map(({ list, now, ...over }) =>
    input({
      machines: [machine(over), machine({ ...over, id: 'm2', app: 'shop' })],
      volumes: [volume({ createdAt: over.createdAt }), volume({ id: 'vol_2', app: 'shop', orphan: true })],
      entries: ledger(...list.map((one) => entry(one.id, one.at, one.state, one.app))),
      now: NOVEMBER + now * HOUR,
    }),
  )

const isNotNegative = ({ compute, stopped, volumes, total }: Amounts) =>
  [compute, stopped, volumes, total].every((amount) => new Big(amount).gte(0))

test('whatever the clocks say nothing is negative, apps and organizations both add up, and a month grows', async () => {
  await fc.assert(
    fc.asyncProperty(anyInput, async (any) => {
      const { apps, organizations: orgs, monthToDate, monthForecast } = await costSummary(any)
      for (const { monthToDate: past, monthForecast: whole } of apps) {
        expect(isNotNegative(past) && isNotNegative(whole)).toBe(true)
        expect(new Big(whole.total).gte(past.total)).toBe(true)
      }
      expect(sumAmounts(apps.map((app) => app.monthToDate))).toEqual(monthToDate)
      expect(sumAmounts(orgs.map((org) => org.monthToDate))).toEqual(monthToDate)
      expect(sumAmounts(orgs.map((org) => org.monthForecast))).toEqual(monthForecast)
    }),
  )
})

test('no machine costs more in a month than its price for 30 days and a day', async () => {
  await fc.assert(
    fc.asyncProperty(anyInput, async (any) => {
      const { monthToDate } = await costSummary({ ...any, volumes: [] })
      expect(new Big(monthToDate.total).lt(3 * 2.3)).toBe(true)
    }),
  )
})
