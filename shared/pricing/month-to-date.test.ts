import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Guest } from '../contracts/fleet.ts'
import { monthPrice } from './machine-price.ts'
import { formatDollars, sumOf } from './money.ts'
import { bill, chargeFor, monthOf, type StateEntry, startedHours, staysIn, volumeChargeFor } from './month-to-date.ts'

const HOUR = 3_600_000
const guest: Guest = { cpuKind: 'shared', cpus: 1, memoryMb: 256 }
const entry = (at: number, state: string): StateEntry => ({ at, state, region: 'iad', guest })
const moment = fc.integer({ min: -1e9, max: 4e9 })
const entries = fc
  .array(fc.record({ at: moment, state: fc.constantFrom('started', 'stopped', 'suspended', 'failed', 'destroyed') }))
  .map((list) => list.map(({ at, state }) => entry(at, state)))
const period = fc.tuple(moment, moment).map(([from, to]) => ({ from, to }))

test('stays never overlap, never last longer than the period and are never negative, whatever the clocks say', () => {
  fc.assert(
    fc.property(entries, period, (list, span) => {
      const stays = staysIn(list, span)
      for (const { ms } of stays) expect(ms).toBeGreaterThan(0)
      expect(stays.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThanOrEqual(Math.max(0, span.to - span.from))
    }),
  )
})

test('a charge is never negative, and two halves of a period cost what the whole costs', () => {
  fc.assert(
    fc.property(entries, moment, fc.nat(1e9), fc.nat(1e9), (list, from, first, second) => {
      const history = { entries: list }
      const whole = chargeFor(history, { from, to: from + first + second })
      const left = chargeFor(history, { from, to: from + first })
      const right = chargeFor(history, { from: from + first, to: from + first + second })
      for (const part of ['compute', 'stopped'] as const) {
        expect(new Big(whole[part]).gte(0)).toBe(true)
        const gap = new Big(whole[part]).minus(sumOf([left[part], right[part]])).abs()
        expect(gap.lt('0.00000001')).toBe(true)
      }
    }),
  )
})

test('hours before the first state seen are taken to be like the later ones, from when the machine was made', () => {
  const history = { entries: [entry(10 * HOUR, 'started'), entry(20 * HOUR, 'stopped')] }
  expect(startedHours(history, { from: 0, to: 110 * HOUR })).toBe(10)
  expect(startedHours({ ...history, createdAt: 0 }, { from: 0, to: 110 * HOUR })).toBe(11)
  expect(startedHours({ ...history, createdAt: 0 }, { from: 0, to: 5 * HOUR })).toBe(5)
})

test('with guessed hours nobody is charged for more than the period', () => {
  fc.assert(
    fc.property(entries, period, moment, (list, span, createdAt) => {
      const history = { entries: list, createdAt }
      const hours = startedHours(history, span)
      expect(hours).toBeGreaterThanOrEqual(0)
      expect(hours).toBeLessThanOrEqual(Math.max(0, span.to - span.from) / HOUR + 0.001)
    }),
  )
})

test('a machine started all 30 days costs the price of the month', () => {
  const charge = chargeFor({ entries: [entry(0, 'started')] }, { from: 0, to: 720 * HOUR })
  expect(charge).toEqual({ compute: monthPrice({ guest, region: 'iad' }), stopped: '0' })
})

test('a volume is charged from its making, and not before', () => {
  const volume = { sizeGb: 10, state: 'created', createdAt: 360 * HOUR }
  expect(formatDollars(volumeChargeFor(volume, { from: 0, to: 720 * HOUR }))).toBe('$0.75')
  expect(volumeChargeFor(volume, { from: 0, to: HOUR })).toBe('0')
})

test('a bill adds up', () => {
  const total = bill(
    [
      { compute: '1.1', stopped: '0.2' },
      { compute: '2', stopped: '0' },
    ],
    ['0.7'],
  )
  expect(total).toEqual({ compute: '3.1', stopped: '0.2', volumes: '0.7', total: '4' })
})

test('a month begins and ends at midnight UTC', () => {
  const { from, to, name } = monthOf(Date.UTC(2026, 11, 31, 23, 59))
  expect(name).toBe('2026-12')
  expect(new Date(from).toISOString()).toBe('2026-12-01T00:00:00.000Z')
  expect(new Date(to).toISOString()).toBe('2027-01-01T00:00:00.000Z')
})
