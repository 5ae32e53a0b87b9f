import { expect, test } from 'vitest'
import type { FlyMachine } from '#electron/fly/machine-schema.ts'
import { mergeMachine } from './known-machine.ts'
import { flyVolume, fullMachine, seenMachine } from './machine.test-data.ts'
import { appRow, machineRow, volumeRow } from './rows.ts'

function rowOf(over: Partial<FlyMachine>) {
  const known = mergeMachine(undefined, [seenMachine(fullMachine(over))])
  if (!known) throw new Error('none')
  return machineRow(known)
}
const config = fullMachine().config
const service = (over: Partial<FlyMachine> = {}) =>
  rowOf({ ...(config ? { config: { ...config, env: {} } } : {}), ...over })
const app = { name: 'shop', org: 'acme', status: 'deployed' }
const appOf = (machines: ReturnType<typeof rowOf>[], name = 'shop') =>
  appRow({ ...app, name }, { machines, volumes: [], hostname: 'shop.fly.dev' })

test('the layout of an app is told from its machines', () => {
  expect(appOf([rowOf({}), rowOf({ id: 'm2' })]).layout).toBe('workspaces')
  expect(appOf([rowOf({})]).layout).toBe('workspace')
  expect(appOf([service(), service({ id: 'm2' }), rowOf({ id: 'm3' })]).layout).toBe('service')
  expect(appOf([]).layout).toBe('service')
  expect(appOf([], 'fly-builder-quiet-moon').layout).toBe('builder')
})

test('checks that fail, hosts that are away and failed machines count as failing', () => {
  const checks = [{ name: 'http', status: 'critical' as const, output: '' }]
  const machines = [
    rowOf({ checks }),
    rowOf({ id: 'm2', hostStatus: 'unreachable' }),
    rowOf({ id: 'm3', state: 'failed' }),
  ]
  expect(appOf([...machines, rowOf({ id: 'm4' })]).machines).toEqual({ total: 4, started: 3, failing: 3 })
})

test('checks of a machine that does not run are not shown', () => {
  const checks = [{ name: 'http', status: 'passing' as const, output: '' }]
  expect(rowOf({ checks }).checks).toEqual({ passing: 1, total: 1 })
  expect(rowOf({ checks, state: 'stopped' }).checks).toBeUndefined()
})

test('the digest of an older version is not shown for a newer one', () => {
  const full = seenMachine(fullMachine({ instanceId: '01A' }), { readAt: 1 })
  const newer = seenMachine(fullMachine({ instanceId: '01B', updatedAt: 20 }), { readAt: 2, full: false })
  const known = mergeMachine(mergeMachine(undefined, [full]), [newer])
  expect(known && machineRow(known).image).toEqual({ repository: 'registry.fly.io/shop', tag: 'v1' })
})

test('a volume that is free of charge is no orphan', () => {
  const loose = flyVolume({ attachedMachineId: undefined })
  expect(volumeRow(loose, { org: 'acme' }).orphan).toBe(true)
  expect(volumeRow({ ...loose, state: 'pending_destroy' }, { org: 'acme' }).orphan).toBe(false)
})
