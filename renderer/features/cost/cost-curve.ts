import type { CostSummary } from '#shared/contracts/cost.ts'
import { monthShare } from './month-share.ts'

interface Point {
  /** 0…1 of the month. */
  x: number
  /** 0…1 of `top`. */
  y: number
}

export interface CostCurve {
  /** Dollars at the upper edge. */
  top: number
  /** From nothing on the first to now. */
  spent: readonly Point[]
  /** Where it leads at the end of the month. */
  end: Point
  /** Dollars at which a line is drawn, from 0. */
  lines: readonly number[]
}

/** Room above the highest point, so that its label has a place. */
const HEADROOM = 1.12
const MOST_LINES = 3

/** The month as a curve: what was spent by the end of each day, and the forecast. */
export function costCurve({
  month,
  at,
  days,
  monthForecast,
}: Pick<CostSummary, 'month' | 'at' | 'days' | 'monthForecast'>): CostCurve {
  const { share, days: inMonth } = monthShare(month, at)
  const forecast = Number(monthForecast.total)
  const highest = Math.max(forecast, ...days.map(({ total }) => Number(total)))
  const top = highest > 0 ? highest * HEADROOM : 1
  const ends = days.map(({ total }, index) => ({
    x: Math.min(share, (index + 1) / inMonth),
    y: Number(total) / top,
  }))
  const step = niceStep(highest)
  const lines = Array.from({ length: MOST_LINES + 1 }, (_, index) => index * step).filter((value) => value < highest)
  return { top, spent: [{ x: 0, y: 0 }, ...ends], end: { x: 1, y: forecast / top }, lines }
}

/** 1, 2 or 5 with zeros, so that at most three lines lie between nothing and `highest`. */
function niceStep(highest: number): number {
  if (highest <= 0) return 1
  const rough = highest / MOST_LINES
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10)
}
