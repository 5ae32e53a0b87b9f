import { array, assert, constantFrom, property, record, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { appRow, machineRow, volumeRow, wholeFleet } from '#renderer/test/rows.ts'
import { createFleetStore } from './fleet-store.ts'

const now = (run: () => void) => run()
const IDS = ['a1', 'b2', 'c3', 'd4', 'e5']
const CHANGES = array(
  record({ put: subarray(IDS), remove: subarray(IDS), state: constantFrom('started', 'stopped', 'failed') }),
)
const change = (put: string[], remove: string[], state: string) => ({
  ...wholeFleet({ machines: put.map((id) => machineRow({ id, state })) }),
  reset: false,
  machines: { put: put.map((id) => machineRow({ id, state })), remove },
})

test('applying any changes one by one shows what was put last and not removed since', () =>
  assert(
    property(CHANGES, (steps) => {
      const store = createFleetStore(now)
      store.apply(wholeFleet())
      const expected = new Map<string, string>()
      for (const { put, remove, state } of steps) {
        store.apply(change(put, remove, state))
        for (const id of remove) expected.delete(id)
        for (const id of put) expected.set(id, state)
      }
      const shown = store.snapshot().machines
      expect(new Map(shown.map(({ id, state }) => [id, state]))).toEqual(expected)
      expect(shown).toHaveLength(expected.size)
      for (const row of shown) expect(store.machine(row.id)).toBe(row)
    }),
  ))

test('a reset forgets what was there before', () => {
  const store = createFleetStore(now)
  store.apply(wholeFleet({ machines: [machineRow({ id: 'a1' })], volumes: [volumeRow()] }))
  store.apply(wholeFleet({ machines: [machineRow({ id: 'b2' })] }))
  expect(store.snapshot().machines.map(({ id }) => id)).toEqual(['b2'])
  expect(store.snapshot().volumes).toEqual([])
  expect(store.machine('a1')).toBeUndefined()
})

test('arrays in which nothing changed keep their identity', () => {
  const store = createFleetStore(now)
  store.apply(wholeFleet({ apps: [appRow()], machines: [machineRow({ id: 'a1' })] }))
  const before = store.snapshot()
  store.apply(change(['b2'], [], 'started'))
  expect(store.snapshot().apps).toBe(before.apps)
  expect(store.snapshot().volumes).toBe(before.volumes)
  expect(store.snapshot().machines).not.toBe(before.machines)
  expect(store.snapshot().machines[0]).toBe(before.machines[0])
})

test('a failed stream keeps the rows and says why they do not move', () => {
  const store = createFleetStore(now)
  store.apply(wholeFleet({ machines: [machineRow()] }))
  store.fail({ code: 'unavailable', message: 'Cannot reach Fly.io.' })
  expect(store.snapshot()).toMatchObject({ ready: true, status: { problem: { message: 'Cannot reach Fly.io.' } } })
  expect(store.snapshot().machines).toHaveLength(1)
})

test('a burst of updates tells the listeners once', () => {
  const pending: (() => void)[] = []
  const store = createFleetStore((run) => pending.push(run))
  let told = 0
  store.subscribe(() => {
    told += 1
  })
  for (let count = 0; count < 50; count += 1) store.apply(change(['a1'], [], 'started'))
  expect(pending).toHaveLength(1)
  for (const run of pending) run()
  expect(told).toBe(1)
})
