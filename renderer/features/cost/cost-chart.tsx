import type { CSSProperties } from 'react'
import { formatMoney } from '#renderer/lib/format.ts'
import type { CostSummary } from '#shared/contracts/cost.ts'
import styles from './cost.module.css'
import { type CostCurve, costCurve } from './cost-curve.ts'
import { monthName, monthShare } from './month-share.ts'

const WIDTH = 1000
const HEIGHT = 160

/** The month so far as a line, and where it leads as a dashed one. Its figures are in a table for who cannot see it. */
export function CostChart({ summary }: { summary: CostSummary }) {
  const { month, at, days, monthToDate, monthForecast } = summary
  const curve = costCurve(summary)
  const { days: inMonth } = monthShare(month, at)
  const sentence = `Spending adds up to ${money(monthToDate.total)} so far and leads to ${money(monthForecast.total)} at the end of ${monthName(month)}.`
  return (
    <figure className={styles.chart}>
      <div className={styles.plot}>
        <Curve curve={curve} label={sentence} />
        {curve.lines.map((value) => (
          <Label key={value} y={value / curve.top}>{`$${value.toLocaleString('en')}`}</Label>
        ))}
        <Label y={curve.end.y} strong>
          {formatMoney(monthForecast.total, { digits: 2 })}
        </Label>
        <DayTicks inMonth={inMonth} month={month} share={curve.spent.at(-1)?.x ?? 0} />
      </div>
      <table className="sr">
        <caption>Month to date, by day</caption>
        <tbody>
          {days.map(({ day, total }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              <td>{money(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

const money = (amount: string) => formatMoney(amount, { digits: 2 })

function Curve({ curve: { spent, end, lines, top }, label }: { curve: CostCurve; label: string }) {
  const at = ({ x, y }: { x: number; y: number }) => `${(x * WIDTH).toFixed(1)} ${((1 - y) * HEIGHT).toFixed(1)}`
  const line = `M${spent.map(at).join('L')}`
  const now = spent.at(-1) ?? { x: 0, y: 0 }
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {lines.map((value) => (
        <path
          key={value}
          className={styles.gridLine}
          d={`M${at({ x: 0, y: value / top })}L${at({ x: 1, y: value / top })}`}
        />
      ))}
      <path className={styles.area} d={`${line}L${at({ x: now.x, y: 0 })}Z`} />
      <path className={styles.nowLine} d={`M${at(now)}L${at({ x: now.x, y: 0 })}`} />
      <path className={styles.line} d={line} />
      <path className={styles.ahead} d={`M${at(now)}L${at(end)}`} />
    </svg>
  )
}

function Label({ y, strong = false, children }: { y: number; strong?: boolean; children: string }) {
  return (
    <span className={`num ${styles.amount}`} data-strong={strong} style={{ bottom: `${y * 100}%` }} aria-hidden="true">
      {children}
    </span>
  )
}

const monthShort = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
/** Nearer than this to "today", 0…1 of the width, a day is left out. */
const TOO_NEAR = 0.06

function DayTicks({ inMonth, month, share }: { inMonth: number; month: string; share: number }) {
  const first = monthShort.format(new Date(`${month}-01T00:00:00Z`))
  const weeks = [8, 15, 22, 29].map((day) => ({ x: (day - 1) / inMonth, text: String(day) }))
  const ticks = [{ x: 0, text: first }, ...weeks].filter(({ x }) => Math.abs(x - share) > TOO_NEAR)
  const place = (x: number): CSSProperties => ({ left: `${x * 100}%`, translate: x === 0 ? 'none' : '-50%' })
  return (
    <div className={styles.ticks} aria-hidden="true">
      {[...ticks, { x: share, text: 'today' }].map(({ x, text }) => (
        <span key={text} style={place(x)}>
          {text}
        </span>
      ))}
    </div>
  )
}
