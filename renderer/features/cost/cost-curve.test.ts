import { array, assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { costCurve } from './cost-curve.ts'

const amounts = (total: string) => ({ compute: '0', stopped: '0', volumes: '0', total })
const day = (number: number, total: string) => ({ day: `2026-11-${String(number).padStart(2, '0')}`, total })
const NOON_OF_THE_SECOND = Date.UTC(2026, 10, 2, 12)

test('the curve begins at nothing, has each day at its end, today as far as it is, and ends at the forecast', () => {
  const { spent, end, top, lines } = costCurve({
    month: '2026-11',
    at: NOON_OF_THE_SECOND,
    days: [day(1, '4'), day(2, '6')],
    monthForecast: amounts('100'),
  })
  expect(spent.map(({ x }) => x)).toEqual([0, 1 / 30, 0.05])
  expect(spent.map(({ y }) => Math.round(y * top))).toEqual([0, 4, 6])
  expect(Math.round(end.y * top)).toBe(100)
  expect(lines).toEqual([0, 50])
})

test('whatever is spent lies inside the picture, and at most four lines are drawn', () =>
  assert(
    property(array(double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 30 }), (spentDaily) => {
      const totals = spentDaily.toSorted((left, right) => left - right)
      const { spent, end, lines } = costCurve({
        month: '2026-11',
        at: NOON_OF_THE_SECOND,
        days: totals.map((total, index) => day(index + 1, String(total))),
        monthForecast: amounts(String(totals.at(-1) ?? 0)),
      })
      for (const { x, y } of [...spent, end]) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(1)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(1)
      }
      expect(lines.length).toBeLessThanOrEqual(4)
    }),
  ))
