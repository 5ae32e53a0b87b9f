import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AppRow, MachineRow, VolumeRow } from '../contracts/fleet.ts'
import { type Change, Plan, type WorkspaceSpec } from '../contracts/operations.ts'
import { monthInState } from '../pricing/machine-price.ts'
import { formatDollars } from '../pricing/money.ts'
import { planChange } from './plan.ts'

const guest = { cpuKind: 'shared', cpus: 1, memoryMb: 512 } as const

function machine(over: Partial<MachineRow> = {}): MachineRow {
  const state = over.state ?? 'started'
  return {
    id: 'm1',
    name: 'quiet-moon-1',
    app: 'desk',
    org: 'acme',
    state,
    hostStatus: 'ok',
    region: 'iad',
    role: 'workspace',
    userId: 'usr_1',
    guest,
    since: 0,
    sinceExact: false,
    createdAt: 0,
    updatedAt: 0,
    monthEstimate: monthInState({ state, guest, region: 'iad' }),
    hourEstimate: '0.005',
    ...over,
  }
}

const volume: VolumeRow = {
  id: 'vol_1',
  name: 'work',
  app: 'desk',
  org: 'acme',
  state: 'created',
  region: 'iad',
  sizeGb: 5,
  encrypted: true,
  attachedMachineId: 'm1',
  orphan: false,
  createdAt: 0,
  monthEstimate: '0.75',
}

function app(name: string, layout: AppRow['layout']): AppRow {
  const machines = { total: 1, started: 1, failing: 0 }
  return { name, org: 'acme', status: 'deployed', machines, volumes: 0, regions: [], layout, monthEstimate: '0' }
}

const fleetOf = (machines: MachineRow[], layout: AppRow['layout'] = 'workspaces') => ({
  machines,
  volumes: [volume],
  apps: [app('desk', layout)],
})
const planOf = (change: Change, fleet = fleetOf([machine()]), protectedAccount = false) =>
  planChange({ change, fleet, protectedAccount })
const target = { app: 'desk', id: 'm1' }
const textOf = ({ consequences }: ReturnType<typeof planOf>) =>
  consequences.map(({ text, detail = '' }) => `${text} ${detail}`).join('\n')

test('stopping a machine saves its compute and says what it still costs', () => {
  const plan = planOf({ kind: 'stop', machines: [target] })
  expect(plan.title).toBe('Stop usr_1')
  expect(formatDollars(plan.monthDelta)).toBe('-$3.51')
  expect(textOf(plan)).toContain('Saves $3.51 a month')
  expect(textOf(plan)).toContain('cost $0.93 a month meanwhile')
  expect(plan.typeToConfirm).toBeUndefined()
})

test('a machine that is already there, or gone, is left alone with the reason', () => {
  const fleet = fleetOf([machine(), machine({ id: 'm2', state: 'stopped', userId: 'usr_2' })])
  const machines = [target, { app: 'desk', id: 'm2' }, { app: 'desk', id: 'm3' }]
  const plan = planOf({ kind: 'stop', machines }, fleet)
  expect(plan.items.map(({ skipped }) => skipped)).toEqual([undefined, 'already stopped', 'no longer there'])
  expect(plan.title).toBe('Stop usr_1')
})

test('destroying what costs nothing saves nothing, and says so', () => {
  const change: Change = { kind: 'destroy', machines: [target], withVolumes: false }
  const text = textOf(planOf(change, fleetOf([machine({ state: 'created', monthEstimate: '0' })])))
  expect(text).toContain('Saves nothing.')
  expect(text).not.toContain('$0.00')
})

test('nothing to do has no consequences and asks for nothing', () => {
  const plan = planOf({ kind: 'destroy', machines: [{ app: 'desk', id: 'm9' }], withVolumes: true })
  expect(plan).toMatchObject({ consequences: [], monthDelta: '0' })
  expect(plan.typeToConfirm).toBeUndefined()
})

test('destroying one machine asks for its name, or for its app where that is all the app is', () => {
  const change: Change = { kind: 'destroy', machines: [target], withVolumes: false }
  expect(planOf(change).typeToConfirm).toBe('quiet-moon-1')
  expect(planOf(change, fleetOf([machine()], 'workspace')).typeToConfirm).toBe('desk')
  expect(textOf(planOf(change))).toContain('1 volume of 5 GB stays, belongs to no machine, and costs $0.75 a month.')
})

test('destroying with the volume saves the volume too', () => {
  const plan = planOf({ kind: 'destroy', machines: [target], withVolumes: true })
  expect(formatDollars(plan.monthDelta)).toBe('-$4.44')
  expect(textOf(plan)).toContain('all files on it will be deleted')
})

test('destroying many asks for their number', () => {
  const fleet = fleetOf([machine(), machine({ id: 'm2' })])
  const plan = planOf({ kind: 'destroy', machines: [target, { app: 'desk', id: 'm2' }], withVolumes: false }, fleet)
  expect(plan.title).toBe('Destroy 2 machines')
  expect(plan.typeToConfirm).toBe('destroy 2 machines')
})

test('a protected account asks for every change', () => {
  expect(planOf({ kind: 'stop', machines: [target] }, fleetOf([machine()]), true).typeToConfirm).toBe('quiet-moon-1')
})

test('stopping the last started machine of a service says that the app will not answer', () => {
  const web = machine({ role: 'service', app: 'shop' })
  expect(textOf(planOf({ kind: 'stop', machines: [target] }, fleetOf([web])))).toContain('shop has no other started')
  const two = fleetOf([web, { ...web, id: 'm2' }])
  expect(textOf(planOf({ kind: 'stop', machines: [target] }, two))).not.toContain('no other started')
})

test('of many apps left without a started machine three are named and the others counted', () => {
  const rows = Array.from({ length: 9 }, (_, index) =>
    machine({ id: `m${index}`, role: 'service', app: `app-${index}` }),
  )
  const machines = rows.map(({ app, id }) => ({ app, id }))
  const text = textOf(planOf({ kind: 'stop', machines }, fleetOf(rows)))
  expect(text.split('has no other started').length - 1).toBe(3)
  expect(text).toContain('The same goes for 6 other apps.')
})

const spec: WorkspaceSpec = {
  userId: 'usr_9',
  org: 'acme',
  app: 'desk',
  createApp: false,
  image: 'registry.fly.io/desk:v1',
  region: 'iad',
  guest,
  volumeGb: 10,
  mountPath: '/workspace',
  env: {},
}
const workspace = (over: Partial<WorkspaceSpec> = {}, fleet = fleetOf([machine()])) =>
  planOf({ kind: 'create-workspace', workspace: { ...spec, ...over } }, fleet)

test('a workspace is a volume and a machine, with an app in front where one is asked for', () => {
  expect(workspace().items.map(({ label }) => label)).toEqual(['Volume of 10 GB in iad', 'Machine for usr_9'])
  expect(workspace({ app: 'usr-9', createApp: true }).items[0]?.label).toBe('App usr-9')
  expect(formatDollars(workspace().monthDelta)).toBe('$5.19')
})

test('an app that is missing, or in the way, is said before anything runs', () => {
  expect(workspace({ app: 'nowhere' }).items[0]?.skipped).toBe('there is no app nowhere')
  expect(workspace({ createApp: true }).items[0]?.skipped).toBe('the app desk is there already')
})

test('a second workspace and a moving tag are warned of', () => {
  expect(textOf(workspace({ userId: 'usr_1' }))).toContain('usr_1 has a workspace already, in desk.')
  expect(textOf(workspace({ image: 'registry.fly.io/desk' }))).toContain('latest moves')
  expect(textOf(workspace({ image: 'registry.fly.io/desk@sha256:ab' }))).not.toContain('latest moves')
})

const states = fc.constantFrom('started', 'stopped', 'suspended', 'failed', 'starting', 'destroyed')
const anyChange = fc.tuple(fc.constantFrom('start', 'stop', 'suspend', 'restart', 'destroy'), fc.boolean())

test('whatever is chosen, a plan fits the contract, and stopping or destroying never costs more', () => {
  fc.assert(
    fc.property(fc.array(states, { minLength: 1, maxLength: 6 }), anyChange, (list, [kind, withVolumes]) => {
      const machines = list.map((state, index) => machine({ id: `m${index}`, state }))
      const targets = machines.map(({ id, app: of }) => ({ app: of, id }))
      const change: Change = kind === 'destroy' ? { kind, machines: targets, withVolumes } : { kind, machines: targets }
      const plan = planOf(change, fleetOf(machines))
      expect(Plan.safeParse(plan).success).toBe(true)
      expect(plan.items).toHaveLength(machines.length)
      if (kind === 'destroy') expect(new Big(plan.monthDelta).lte(0)).toBe(true)
      if (kind === 'start') expect(new Big(plan.monthDelta).gte(0)).toBe(true)
    }),
  )
})
