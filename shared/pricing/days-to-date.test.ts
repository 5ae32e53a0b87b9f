import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Guest } from '../contracts/fleet.ts'
import { daysToDate } from './days-to-date.ts'
import { bill, chargeFor, type MachineHistory, monthOf, volumeChargeFor } from './month-to-date.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOVEMBER = Date.UTC(2026, 10, 1)
const guest: Guest = { cpuKind: 'shared', cpus: 1, memoryMb: 256 }

const moment = fc.integer({ min: -800, max: 1600 }).map((hours) => NOVEMBER + hours * HOUR)
const state = fc.constantFrom('started', 'stopped', 'suspended', 'failed', 'destroyed')
const entries = fc
  .array(fc.record({ at: moment, state }))
  .map((list) => list.map((entry) => ({ ...entry, region: 'iad', guest })))
const history = fc.record({ entries, createdAt: fc.option(moment, { nil: undefined }) })
const volume = fc.record({ sizeGb: fc.integer({ min: 1, max: 500 }), state: fc.constant('created'), createdAt: moment })
const now = fc.integer({ min: 0, max: 30 * DAY - 1 }).map((ms) => NOVEMBER + ms)
const fleet = fc.record({ histories: fc.array(history), volumes: fc.array(volume), now })

function totalOf({ histories, volumes, now: to }: Omit<Parameters<typeof daysToDate>[0], 'total'>) {
  const period = { from: monthOf(to).from, to }
  return bill(
    histories.map((one) => chargeFor(one, period)),
    volumes.map((one) => volumeChargeFor(one, period)),
  ).total
}

test('whatever the clocks say there is one total per day, none falls, and the last is the month to date', () => {
  fc.assert(
    fc.property(fleet, (any) => {
      const total = totalOf(any)
      const days = daysToDate({ ...any, total })
      expect(days.map(({ day }) => Number(day.slice(8)))).toEqual(days.map((_, index) => index + 1))
      expect(days.at(-1)).toEqual({ day: new Date(any.now).toISOString().slice(0, 10), total })
      const amounts = ['0', ...days.map((day) => day.total)]
      amounts.slice(1).forEach((amount, index) => {
        expect(new Big(amount).gte(amounts[index] ?? 0)).toBe(true)
      })
    }),
  )
})

test('where all hours are known each day has what the month had cost at its end', () => {
  const known = entries.map((list): MachineHistory => {
    return { entries: [{ at: NOVEMBER - HOUR, state: 'started', region: 'iad', guest }, ...list] }
  })
  fc.assert(
    fc.property(fc.record({ histories: fc.array(known), volumes: fc.array(volume), now }), (any) => {
      daysToDate({ ...any, total: totalOf(any) }).forEach(({ total }, index) => {
        const end = Math.min(any.now, NOVEMBER + (index + 1) * DAY - 1)
        const exact = totalOf({ ...any, now: end })
        expect(Math.abs(Number(total) - Number(exact))).toBeLessThan(0.001)
      })
    }),
  )
})
