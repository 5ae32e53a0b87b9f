import Big from 'big.js'
import { chargedAs, hourPrice, stoppedMonthPrice, volumeMonthPrice } from './machine-price.ts'
import { type Dollars, dollars } from './money.ts'
import { type MachineHistory, monthOf, type Period, type StateEntry, staysIn } from './month-to-date.ts'
import { PRICES } from './prices.ts'

/** What a month has cost up to the end of a day (UTC), or up to now on its last one. */
export interface DayTotal {
  /** YYYY-MM-DD */
  day: string
  total: Dollars
}

interface DaysInput {
  histories: readonly MachineHistory[]
  volumes: readonly { sizeGb: number; state: string; createdAt: number }[]
  /** The month to date, which the last day has to the digit. */
  total: Dollars
  now: number
}

/** A stretch of time with one price. */
interface Span extends Period {
  /** Dollars per ms. Of ten thousand machines a curve is drawn, not a bill: plain numbers are exact enough. */
  rate: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MONTH_MS = PRICES.monthSeconds * 1000
const STOPPED_RATE = Number(stoppedMonthPrice()) / MONTH_MS

/** The month to date as a curve: each day has what was spent until its end. It never falls. */
export function daysToDate({ histories, volumes, total, now }: DaysInput): DayTotal[] {
  const { from } = monthOf(now)
  const period = { from, to: now }
  const spent = new Array<number>(Math.floor((now - from) / DAY_MS) + 1).fill(0)
  for (const history of histories) for (const span of spansOf(history, period)) spread({ spent, span, from })
  for (const { createdAt, ...volume } of volumes) {
    const rate = Number(volumeMonthPrice(volume)) / MONTH_MS
    spread({ spent, span: { from: Math.max(createdAt, from), to: now, rate }, from })
  }
  const sum = spent.reduce((left, right) => left + right, 0)
  let soFar = 0
  return spent.map((amount, index) => {
    soFar += amount
    const day = new Date(from + index * DAY_MS).toISOString().slice(0, 10)
    return { day, total: index === spent.length - 1 ? total : shareOf(total, sum > 0 ? soFar / sum : 0) }
  })
}

/** Adds what a span costs to the days it lies in. */
function spread({ spent, span, from }: { spent: number[]; span: Span; from: number }): void {
  if (span.rate === 0) return
  for (let start = span.from; start < span.to; ) {
    const index = Math.floor((start - from) / DAY_MS)
    const end = Math.min(span.to, from + (index + 1) * DAY_MS)
    spent[index] = (spent[index] ?? 0) + (end - start) * span.rate
    start = end
  }
}

/** The stays of a machine at their times, and before the first of them the average of all. */
function spansOf({ entries, createdAt }: MachineHistory, period: Period): Span[] {
  const spans = staysIn(entries, period).map(({ ms, ...stay }) => {
    const from = Math.max(stay.at, period.from)
    return { from, to: from + ms, rate: rateOf(stay) }
  })
  const [first] = entries.toSorted((left, right) => left.at - right.at)
  if (!first) return spans
  const before = { from: Math.max(createdAt ?? first.at, period.from), to: Math.min(first.at, period.to) }
  return before.to > before.from ? [{ ...before, rate: averageRate(spans) ?? rateOf(first) }, ...spans] : spans
}

function averageRate(spans: readonly Span[]): number | undefined {
  const ms = spans.reduce((sum, { from, to }) => sum + to - from, 0)
  return ms > 0 ? spans.reduce((sum, { from, to, rate }) => sum + (to - from) * rate, 0) / ms : undefined
}

function rateOf({ state, guest, region }: Pick<StateEntry, 'state' | 'guest' | 'region'>): number {
  const kind = chargedAs(state)
  if (kind === 'stopped') return STOPPED_RATE
  return kind === 'compute' && guest ? Number(hourPrice({ guest, region })) / HOUR_MS : 0
}

function shareOf(total: Dollars, share: number): Dollars {
  return dollars(new Big(total).times(Math.min(1, share)))
}
