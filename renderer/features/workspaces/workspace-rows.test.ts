import { expect, test } from 'vitest'
import { appRow, machineRow, volumeRow } from '#renderer/test/rows.ts'
import { rowsOfView, workspaceRows } from './workspace-rows.ts'

const own = machineRow({ id: 'a1', app: 'ws-1', volumeId: 'vol_a', monthEstimate: '3.69' })
const shared = machineRow({ id: 'b2', state: 'stopped', volumeId: 'vol_b' })
const web = machineRow({ id: 'c3', role: 'service' })
const sources = {
  machines: [own, shared, web],
  volumes: [volumeRow({ id: 'vol_a', monthEstimate: '0.75' })],
  apps: [appRow({ name: 'ws-1', layout: 'workspace', hostname: 'ws-1.fly.dev' }), appRow()],
}

test('a workspace is its machine, its volume, and the address of an app of its own', () => {
  const [first, second, ...more] = workspaceRows(sources, new WeakMap())
  expect(first).toMatchObject({ host: 'ws-1.fly.dev', month: '4.44', volume: { id: 'vol_a' } })
  expect(second?.host).toBeUndefined()
  expect(second?.volume).toBeUndefined()
  expect(more).toEqual([])
})

test('rows keep their identity until one of their parts changes', () => {
  const cache = new WeakMap()
  const before = workspaceRows(sources, cache)
  const after = workspaceRows({ ...sources, volumes: [volumeRow({ id: 'vol_a', sizeGb: 10 })] }, cache)
  expect(after[0]).not.toBe(before[0])
  expect(after[1]).toBe(before[1])
})

test('the views tell what runs from what rests', () => {
  const rows = workspaceRows(sources, new WeakMap())
  expect(rowsOfView('running', rows)).toEqual([rows[0]])
  expect(rowsOfView('resting', rows)).toEqual([rows[1]])
})
