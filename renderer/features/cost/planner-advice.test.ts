import { expect, test } from 'vitest'
import { type PlannerInput, plan } from '#shared/pricing/planner.ts'
import { adviceFor } from './planner-advice.ts'

const input: PlannerInput = {
  users: 100,
  hoursPerDay: 2,
  days: 22,
  guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
  volumeGb: 5,
  imageGb: 1.2,
  region: 'iad',
}
const advice = (change: Partial<PlannerInput> = {}) => adviceFor({ ...input, ...change }, plan({ ...input, ...change }))

test('where storage is most of the bill a smaller volume is proposed, with its price', () => {
  expect(advice()).toMatchObject({ title: 'Storage is most of this bill', text: /A 2 GB volume saves \$45\.00/ })
})

test('where compute is most of the bill fewer hours are proposed', () => {
  expect(advice({ hoursPerDay: 24, days: 30 })?.title).toBe('Compute is most of this bill')
})

test('a bill of nothing needs no advice', () => {
  expect(advice({ users: 0 })).toBeUndefined()
})
