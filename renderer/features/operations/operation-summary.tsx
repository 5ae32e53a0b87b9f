import { formatCount, formatElapsed } from '#renderer/lib/format.ts'
import { useNow } from '#renderer/lib/use-now.ts'
import { StateText } from '#renderer/ui/chip.tsx'
import { Progress } from '#renderer/ui/progress.tsx'
import type { OperationDetail, OperationItem } from '#shared/contracts/operations.ts'
import { ITEM_LOOKS } from './operation-looks.ts'
import { paceOf, progressParts } from './operation-progress.ts'
import styles from './operations.module.css'

const STATUSES: readonly OperationItem['status'][] = ['done', 'running', 'failed', 'skipped', 'cancelled', 'waiting']

/** Time left as the figure while it runs, time taken once it has ended; then the counts. */
export function OperationSummary({ detail: { operation, items } }: { detail: OperationDetail }) {
  const now = useNow()
  const counts = STATUSES.map((status) => ({ status, count: items.filter((item) => item.status === status).length }))
  const running = items.filter(({ status }) => status === 'running').length
  const { figure, measure } = figureOf(operation, now)
  return (
    <div className={styles.summary}>
      <div className={styles.figures}>
        <span className="figure">{figure}</span>
        <span className="t2 grow">{measure}</span>
        {counts
          .filter(({ count }) => count > 0)
          .map(({ status, count }) => {
            const { word, tone, icon: Icon } = ITEM_LOOKS[status]
            return (
              <span key={status} className="small num">
                <StateText tone={tone} icon={<Icon aria-hidden="true" />}>
                  {`${formatCount(count)} ${word.toLowerCase()}`}
                </StateText>
              </span>
            )
          })}
      </div>
      <Progress label={operation.title} parts={progressParts(operation, running)} size="l" />
    </div>
  )
}

function figureOf(operation: OperationDetail['operation'], now: number): { figure: string; measure: string } {
  const { status, startedAt, finishedAt } = operation
  if (status !== 'running') return { figure: formatElapsed((finishedAt ?? startedAt) - startedAt), measure: 'taken' }
  const pace = paceOf(operation, now)
  if (!pace) return { figure: formatElapsed(now - startedAt), measure: 'so far' }
  return { figure: formatElapsed(pace.leftMs), measure: `left at ${pace.perSecond.toFixed(1)} per second` }
}
