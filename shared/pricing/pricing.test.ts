import Big from 'big.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Guest } from '../contracts/fleet.ts'
import { Money } from '../contracts/names.ts'
import { amounts, sumAmounts } from './amounts.ts'
import {
  hourPrice,
  monthInState,
  monthPrice,
  startedPrice,
  stoppedMonthPrice,
  stoppedPrice,
  volumeMonthPrice,
  volumePrice,
} from './machine-price.ts'
import { difference, dollars, formatDollars, partOf, sumOf, times } from './money.ts'
import { plan } from './planner.ts'
import { markupOf, PRICES, REGION_MARKUP } from './prices.ts'
import { PUBLISHED } from './published-prices.test-data.ts'

const MONTH_MS = PRICES.monthSeconds * 1000
const guest = fc.record<Guest>({
  cpuKind: fc.constantFrom('shared', 'performance'),
  cpus: fc.constantFrom(1, 2, 4, 6, 8, 16),
  memoryMb: fc.integer({ min: 1, max: 512 }).map((step) => step * 256),
})
const region = fc.constantFrom(...Object.keys(REGION_MARKUP), 'xyz')
const money = fc.integer({ min: -1e12, max: 1e12 }).map((units) => new Big(units).div(1e10).toFixed())
const isLess = (left: string, right: string) => new Big(left).lte(right)

test('sums and parts are those of exact decimals', () => {
  const total = (amounts: string[]) => amounts.reduce((sum, amount) => sum.plus(amount), new Big(0))
  fc.assert(
    fc.property(fc.array(money), (amounts) => {
      expect(sumOf(amounts)).toBe(dollars(total(amounts)))
    }),
  )
  const price = fc.integer({ min: 0, max: 1e12 }).map((units) => dollars(new Big(units).div(1e10)))
  fc.assert(
    fc.property(price, fc.integer({ min: 0, max: MONTH_MS }), (amount, ms) => {
      expect(partOf(amount, ms, MONTH_MS)).toBe(dollars(new Big(amount).times(ms).div(MONTH_MS)))
    }),
  )
})

test('there are 47 published prices', () => {
  expect(PUBLISHED).toHaveLength(47)
})

test.each(PUBLISHED)('%s-cpu-%ix with %i MB costs $%s a month in iad', (cpuKind, cpus, memoryMb, published) => {
  const price = monthPrice({ guest: { cpuKind, cpus, memoryMb }, region: 'iad' })
  expect(new Big(price).minus(published).abs().toNumber()).toBeLessThanOrEqual(0.01)
})

test('more memory, more CPUs or a dearer region never cost less', () => {
  fc.assert(
    fc.property(guest, region, fc.integer({ min: 0, max: 64 }), (small, where, more) => {
      const larger = { ...small, memoryMb: small.memoryMb + more * 256 }
      expect(isLess(hourPrice({ guest: small, region: where }), hourPrice({ guest: larger, region: where }))).toBe(true)
      expect(isLess(hourPrice({ guest: small, region: 'iad' }), hourPrice({ guest: small, region: where }))).toBe(true)
    }),
  )
})

test('every price is money as the contract takes it, and not negative', () => {
  fc.assert(
    fc.property(guest, region, fc.nat(1e10), (size, where, ms) => {
      const placed = { guest: size, region: where }
      for (const price of [hourPrice(placed), monthPrice(placed), startedPrice(placed, ms), stoppedPrice(ms)]) {
        expect(Money.safeParse(price).success).toBe(true)
        expect(isLess('0', price)).toBe(true)
      }
    }),
  )
})

test('a price by the millisecond reaches the price of the month', () => {
  const placed = { guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 }, region: 'fra' } as const
  expect(startedPrice(placed, MONTH_MS)).toBe(monthPrice(placed))
  expect(stoppedPrice(MONTH_MS)).toBe(stoppedMonthPrice())
  expect(volumePrice({ sizeGb: 5, state: 'created' }, MONTH_MS)).toBe('0.75')
})

test('a volume whose deletion is under way is free', () => {
  expect(volumeMonthPrice({ sizeGb: 10, state: 'created' })).toBe('1.5')
  expect(volumeMonthPrice({ sizeGb: 10, state: 'pending_destroy' })).toBe('0')
})

test('a machine is charged for compute while started, for its disk while stopped, else for nothing', () => {
  const size: Guest = { cpuKind: 'shared', cpus: 1, memoryMb: 256 }
  expect(formatDollars(monthInState({ state: 'started', guest: size, region: 'iad' }))).toBe('$2.19')
  expect(monthInState({ state: 'suspended', guest: size, region: 'iad' })).toBe('0.18')
  expect(monthInState({ state: 'failed', guest: size, region: 'iad' })).toBe('0')
  expect(monthInState({ state: 'started', region: 'iad' })).toBe('0')
})

test('an unknown region costs what iad costs', () => {
  expect(markupOf('xyz')).toBe('1')
})

test('the parts of every sum add up to its total, exactly', () => {
  const parts = fc.record({ compute: money, stopped: money, volumes: money }).map(amounts)
  fc.assert(
    fc.property(fc.array(parts), (all) => {
      const total = sumAmounts(all)
      expect(total.total).toBe(sumOf([total.compute, total.stopped, total.volumes]))
      expect(total.total).toBe(sumOf(all.map((part) => part.total)))
    }),
  )
})

test('a difference undoes a sum', () => {
  fc.assert(
    fc.property(money, money, (left, right) => {
      expect(difference(sumOf([left, right]), right)).toBe(left)
    }),
  )
})

test('amounts read with two digits, and tiny ones with four', () => {
  expect(formatDollars('1234567.891')).toBe('$1,234,567.89')
  expect(formatDollars('-3.1')).toBe('-$3.10')
  expect(formatDollars('0.005132')).toBe('$0.0051')
  expect(formatDollars('0')).toBe('$0.00')
  expect(times('0.1', 3)).toBe('0.3')
})

const inputs = fc.record({
  users: fc.nat(10_000),
  hoursPerDay: fc.integer({ min: 0, max: 24 }),
  days: fc.integer({ min: 0, max: 30 }),
  guest,
  volumeGb: fc.nat(500),
  region,
})

test('the lines of a plan are its total, and more users never cost less', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const result = plan(input)
      expect(sumOf(result.lines.map(({ amount }) => amount))).toBe(result.total)
      expect(isLess(result.total, plan({ ...input, users: input.users + 1 }).total)).toBe(true)
      for (const { amount } of result.lines) expect(isLess('0', amount)).toBe(true)
    }),
  )
})

test('100 users, 2 hours a day, 512 MB and 5 GB each, with the arithmetic', () => {
  const { lines, total, perUser, alwaysOn } = plan({
    users: 100,
    hoursPerDay: 2,
    days: 22,
    guest: { cpuKind: 'shared', cpus: 1, memoryMb: 512 },
    volumeGb: 5,
    region: 'iad',
  })
  expect(lines.map(({ text, amount }) => `${text} = ${formatDollars(amount)}`)).toEqual([
    '100 users × 44 h × $0.005132 an hour (iad) = $22.58',
    '100 users × 1.2 GB × $0.15 × 93.9 % of the time = $16.90',
    '100 users × 5 GB × $0.15, started or not = $75.00',
  ])
  expect(formatDollars(total)).toBe('$114.48')
  expect(formatDollars(perUser)).toBe('$1.14')
  expect(formatDollars(alwaysOn)).toBe('$444.49')
})
