import { expect, test } from 'vitest'
import type { Change, Plan } from '#shared/contracts/operations.ts'
import { asQuestion, confirmLabel, mustAsk, nothingToDo } from './asking.ts'

const machines = (count: number) => Array.from({ length: count }, (_, index) => ({ app: 'acme', id: `m${index}` }))
const stop = (count: number): Change => ({ kind: 'stop', machines: machines(count) })
const destroy = (withVolumes: boolean): Change => ({ kind: 'destroy', machines: machines(1), withVolumes })
const plan = (count: number, more: Partial<Plan> = {}): Plan => ({
  title: 'Stop',
  items: machines(count).map(({ app, id }) => ({ app, machineId: id, label: id })),
  consequences: [],
  monthDelta: '0',
  ...more,
})

test('a few machines are stopped at once, many are asked about', () => {
  expect(mustAsk(stop(5), plan(5))).toBe(false)
  expect(mustAsk(stop(6), plan(6))).toBe(true)
})

test('destroying and a protected account always ask', () => {
  expect(mustAsk(destroy(false), plan(1))).toBe(true)
  expect(mustAsk(stop(1), plan(1, { typeToConfirm: '1' }))).toBe(true)
})

test('the button says what goes', () => {
  expect(confirmLabel(stop(1247), plan(1247))).toBe('Stop 1,247 machines')
  expect(confirmLabel(destroy(true), plan(1))).toBe('Destroy machine and volume')
  expect(confirmLabel(destroy(false), plan(1))).toBe('Destroy machine')
})

test('a plan that leaves everything alone says why', () => {
  const skipped = plan(1).items.map((item) => ({ ...item, skipped: 'already stopped' }))
  expect(nothingToDo(plan(1, { items: skipped }))).toBe('It is left alone: already stopped.')
  expect(nothingToDo(plan(1))).toBeUndefined()
})

test('a title becomes a question once', () => {
  expect(asQuestion(plan(1))).toBe('Stop?')
  expect(asQuestion(plan(1, { title: 'Really?' }))).toBe('Really?')
})
