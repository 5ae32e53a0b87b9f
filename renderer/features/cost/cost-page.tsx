import { useState } from 'react'
import { useIpc } from '#renderer/lib/ipc-context.ts'
import { useStream } from '#renderer/lib/use-stream.ts'
import { FailedCallout, FailedState } from '#renderer/ui/failed.tsx'
import { LoadingRows } from '#renderer/ui/loading-rows.tsx'
import { PageHead } from '#renderer/ui/page-head.tsx'
import { Tabs } from '#renderer/ui/tabs.tsx'
import { PRICES } from '#shared/pricing/prices.ts'
import styles from './cost.module.css'
import { CostMonth } from './cost-month.tsx'
import { Planner } from './planner.tsx'

interface CostPageProps {
  onShowApp: (app: string) => void
}

type View = 'month' | 'planner'

/** What the fleet costs, and what a fleet would cost. */
export function CostPage({ onShowApp }: CostPageProps) {
  const ipc = useIpc()
  const [view, setView] = useState<View>('month')
  const cost = useStream((signal) => ipc.cost.watch({}, { signal }), [ipc])
  const from = new Date(`${cost.latest?.pricesFrom ?? PRICES.from}T00:00:00Z`)
  return (
    <>
      <PageHead
        lined
        title="Cost"
        tabs={
          <Tabs
            label="Views"
            value={view}
            onChange={setView}
            tabs={[
              { value: 'month', label: 'This month' },
              { value: 'planner', label: 'Planner' },
            ]}
          />
        }
        actions={
          <span className="small t3">{`Estimates from states seen and the price list of ${dayText.format(from)}`}</span>
        }
      />
      {view === 'planner' ? (
        <Planner />
      ) : (
        <>
          {cost.status === 'failed' && cost.latest && (
            <div className={styles.problem}>
              <FailedCallout error={cost.error} onRetry={cost.retry} />
            </div>
          )}
          {cost.latest && <CostMonth summary={cost.latest} onShowApp={onShowApp} />}
          {!cost.latest && cost.status === 'failed' && (
            <FailedState title="Cannot estimate the cost" error={cost.error} onRetry={cost.retry} />
          )}
          {cost.status === 'waiting' && <LoadingRows label="Loading the estimate" />}
        </>
      )}
    </>
  )
}

const dayText = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
