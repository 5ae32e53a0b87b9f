import { Unlink, Wallet } from 'lucide-react'
import { useMemo } from 'react'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { formatCount, formatFullTime, formatMoney, formatPercent, formatPlural } from '#renderer/lib/format.ts'
import { Callout } from '#renderer/ui/callout.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { Progress } from '#renderer/ui/progress.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { AppCost, CostSummary } from '#shared/contracts/cost.ts'
import { Bars } from './bars.tsx'
import styles from './cost.module.css'
import { CostChart } from './cost-chart.tsx'
import { appColumns } from './cost-columns.tsx'
import { monthName, monthShare } from './month-share.ts'
import { userCosts } from './user-costs.ts'

interface CostMonthProps {
  summary: CostSummary
  onShowApp: (app: string) => void
}

const rowId = ({ app }: AppCost) => app

/** The month so far, where it leads, and what it is made of. */
export function CostMonth({ summary, onShowApp }: CostMonthProps) {
  const { apps, monthForecast } = summary
  const columns = useMemo(() => appColumns(apps), [apps])
  return (
    <div className={styles.month}>
      <Figures summary={summary} />
      <div className={styles.columns}>
        <section className={styles.apps} aria-label="By app">
          <h2>
            By app
            <span className={styles.aside}>whole month</span>
          </h2>
          <div className={styles.table}>
            <DataTable
              label="Cost by app"
              rows={apps}
              columns={columns}
              rowId={rowId}
              initialSort={{ column: 'forecast', descending: true }}
              onOpen={({ app }) => onShowApp(app)}
              instead={
                <EmptyState icon={<Wallet />} title="Nothing costs anything yet">
                  <p>Apps appear here as soon as they have machines or volumes.</p>
                </EmptyState>
              }
            />
          </div>
        </section>
        <Users />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <section className={styles.sections} aria-label="More about the estimate" tabIndex={0}>
          <Section title="By kind" aside="whole month">
            <Bars
              label="By kind"
              items={[
                { label: 'Compute', amount: monthForecast.compute },
                { label: 'Volumes', amount: monthForecast.volumes },
                { label: 'Stopped machines', amount: monthForecast.stopped },
              ]}
            />
          </Section>
          <Section title="By organization" aside="whole month">
            <Bars
              label="By organization"
              items={summary.organizations.map(({ name, monthForecast: forecast }) => ({
                label: name,
                amount: forecast.total,
              }))}
            />
          </Section>
          <Orphans orphans={summary.orphanVolumes} />
          <LeftOut summary={summary} />
        </section>
      </div>
    </div>
  )
}

function Figures({ summary }: { summary: CostSummary }) {
  const { month, at, monthToDate, monthForecast } = summary
  const { share, day, days } = monthShare(month, at)
  const total = Number(monthForecast.total)
  const spent = total > 0 ? Math.min(1, Number(monthToDate.total) / total) : 0
  return (
    <div className={styles.figures}>
      <div className={styles.numbers}>
        <div>
          <p className="cap">{`Month to date, day ${day} of ${days}`}</p>
          <p className="figure">{formatMoney(monthToDate.total, { digits: 2 })}</p>
          <Progress label="Spent of the forecast" parts={[{ tone: 'busy', share: spent }]} />
          <p className="small t2">{`${formatPercent(spent)} of the forecast, ${formatPercent(share)} of the month`}</p>
        </div>
        <div>
          <p className="cap">{`Forecast for ${monthName(month)}`}</p>
          <p className="figure">{formatMoney(monthForecast.total, { digits: 2 })}</p>
          <p className="small t2">If every machine stays as it is now</p>
        </div>
      </div>
      <CostChart summary={summary} />
    </div>
  )
}

const TOP_USERS = 20

/** The dearest users, from the machines and volumes that are there now. */
function Users() {
  const { machines, volumes } = useFleet()
  const users = useMemo(() => userCosts({ machines, volumes }), [machines, volumes])
  const top = users.slice(0, TOP_USERS)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.users} aria-label="By user" tabIndex={0}>
      <h2>
        By user
        <span className={styles.aside}>
          {users.length > TOP_USERS ? `top ${TOP_USERS} of ${formatCount(users.length)}, 30 days` : '30 days'}
        </span>
      </h2>
      {top.length === 0 ? (
        <p className={`small t2 ${styles.none}`}>No machine or volume says whose it is.</p>
      ) : (
        <Bars label="By user" items={top.map(({ user, month }) => ({ label: user, amount: month }))} />
      )}
    </section>
  )
}

function Orphans({ orphans: { count, month } }: { orphans: CostSummary['orphanVolumes'] }) {
  if (count === 0) return null
  return (
    <Section title="To save" aside={`${formatMoney(month, { digits: 2 })} / mo, estimate`}>
      <Callout tone="warn" icon={<Unlink />} title={`${formatPlural(count, 'volume')} without a machine`}>
        {`${count === 1 ? 'It costs' : 'They cost'} ${formatMoney(month, { digits: 2 })} a month and nothing uses ${count === 1 ? 'it' : 'them'}. Volumes lists ${count === 1 ? 'it' : 'them'}.`}
      </Callout>
    </Section>
  )
}

function LeftOut({ summary: { leftOut, knownSince } }: Pick<CostMonthProps, 'summary'>) {
  return (
    <Section title="About the estimate">
      {knownSince && (
        <p className="small t2">
          {`States are known since ${formatFullTime(knownSince)}; the hours before are taken to be alike.`}
        </p>
      )}
      {leftOut.length > 0 && <p className="small t2">Left out:</p>}
      <ul className={`small t2 ${styles.list}`}>
        {leftOut.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  )
}
