import { RotateCw, SearchX, X } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '#renderer/lib/format.ts'
import { BackTitle } from '#renderer/ui/back-title.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { FailedCallout, FailedState } from '#renderer/ui/failed.tsx'
import { PageBar, PageHead } from '#renderer/ui/page-head.tsx'
import { Tabs } from '#renderer/ui/tabs.tsx'
import type { Change, OperationDetail, OperationItem } from '#shared/contracts/operations.ts'
import { ITEM_COLUMNS } from './item-columns.tsx'
import { OperationFacts } from './operation-facts.tsx'
import { OPERATION_LOOKS } from './operation-looks.ts'
import { countItemViews, type ItemView, itemsOfView } from './operation-progress.ts'
import { OperationSummary } from './operation-summary.tsx'
import styles from './operations.module.css'
import { useCancelOperation, useOperation } from './queries.ts'
import { retryOf } from './retry.ts'

interface OperationViewProps {
  id: string
  onBack: () => void
  onRequestChange: ((change: Change) => void) | undefined
}

/** One change: how far it is, and what became of each machine. */
export function OperationView({ id, onBack, onRequestChange }: OperationViewProps) {
  const stream = useOperation(id)
  const cancel = useCancelOperation(id)
  const detail = stream.latest
  if (!detail) {
    return (
      <>
        <PageHead title={<BackTitle back={BACK} onBack={onBack} />} lined />
        <div className={styles.body}>
          {stream.status === 'failed' ? (
            <FailedState title="Cannot show this operation" error={stream.error} onRetry={stream.retry} />
          ) : (
            <DataTable label="Items" rows={NONE} columns={ITEM_COLUMNS} rowId={rowId} loading />
          )}
        </div>
      </>
    )
  }
  const { operation } = detail
  const problem = cancel.error ?? (stream.status === 'failed' ? stream.error : undefined)
  return (
    <>
      <PageHead
        title={<Title detail={detail} onBack={onBack} />}
        actions={
          operation.status === 'running' && (
            <Button
              variant="danger-quiet"
              icon={<X />}
              disabled={cancel.isPending || cancel.isSuccess}
              onClick={() => cancel.mutate()}
            >
              {cancel.isSuccess ? 'Cancelling' : 'Cancel the rest'}
            </Button>
          )
        }
      />
      <OperationSummary detail={detail} />
      {problem && (
        <div className={styles.problem}>
          <FailedCallout error={problem} />
        </div>
      )}
      <div className={styles.split}>
        <Items detail={detail} onRequestChange={onRequestChange} />
        <OperationFacts detail={detail} />
      </div>
    </>
  )
}

const BACK = 'Back to all activity'

function Title({ detail: { operation }, onBack }: { detail: OperationDetail; onBack: () => void }) {
  const { word, tone, icon: Icon } = OPERATION_LOOKS[operation.status]
  const chip = (
    <Chip tone={tone} icon={<Icon aria-hidden="true" />}>
      {word}
    </Chip>
  )
  return (
    <BackTitle back={BACK} onBack={onBack} chip={chip}>
      {operation.title}
    </BackTitle>
  )
}

const NONE: readonly OperationItem[] = []
const rowId = ({ index }: OperationItem) => String(index)
const LABELS: Readonly<Record<ItemView, string>> = {
  all: 'All',
  failed: 'Failed',
  running: 'Running',
  done: 'Done',
  waiting: 'Waiting',
  skipped: 'Skipped',
}

function Items({ detail, onRequestChange }: { detail: OperationDetail } & Pick<OperationViewProps, 'onRequestChange'>) {
  const [view, setView] = useState<ItemView>('all')
  const views = countItemViews(detail.items)
  const retry = onRequestChange && retryOf(detail)
  return (
    <div className={styles.body}>
      <PageBar>
        <Tabs
          label="Items"
          value={view}
          onChange={setView}
          tabs={views.map(({ view: value, count }) => ({ value, label: LABELS[value], count: formatCount(count) }))}
        />
        <span className="grow" />
        {retry && (
          <Button size="s" icon={<RotateCw size={14} />} onClick={() => onRequestChange(retry.change)}>
            {`Retry ${formatCount(retry.count)} failed`}
          </Button>
        )}
      </PageBar>
      <DataTable
        label="Items"
        rows={itemsOfView(detail.items, view)}
        columns={ITEM_COLUMNS}
        rowId={rowId}
        initialSort={{ column: 'result', descending: false }}
        instead={<EmptyState icon={<SearchX />} title="None in this view" />}
      />
    </div>
  )
}
