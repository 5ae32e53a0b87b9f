import { ListChecks } from 'lucide-react'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { FailedCallout, FailedState } from '#renderer/ui/failed.tsx'
import { PageHead } from '#renderer/ui/page-head.tsx'
import type { Change, Operation } from '#shared/contracts/operations.ts'
import { OPERATION_COLUMNS } from './operation-columns.tsx'
import { OperationView } from './operation-view.tsx'
import styles from './operations.module.css'
import { useOperations } from './queries.ts'

interface OperationsPageProps {
  operationId: string | undefined
  onOpenOperation: (id: string | undefined) => void
  /** For trying failed machines again; absent = not offered. */
  onRequestChange?: (change: Change) => void
}

/** "Activity": everything Hangar has changed, newest first; or one change in full. */
export function OperationsPage({ operationId, onOpenOperation, onRequestChange }: OperationsPageProps) {
  if (operationId === undefined) return <OperationList onOpenOperation={onOpenOperation} />
  return (
    <OperationView
      key={operationId}
      id={operationId}
      onBack={() => onOpenOperation(undefined)}
      onRequestChange={onRequestChange}
    />
  )
}

const NONE: readonly Operation[] = []
const rowId = ({ id }: Operation) => id

function OperationList({ onOpenOperation }: Pick<OperationsPageProps, 'onOpenOperation'>) {
  const operations = useOperations()
  const failed = operations.status === 'failed'
  return (
    <>
      <PageHead title="Activity" lined />
      {failed && operations.latest && (
        <div className={styles.problem}>
          <FailedCallout error={operations.error} onRetry={operations.retry} />
        </div>
      )}
      <div className={styles.body}>
        <DataTable
          label="Activity"
          rows={operations.latest ?? NONE}
          columns={OPERATION_COLUMNS}
          rowId={rowId}
          onOpen={({ id }) => onOpenOperation(id)}
          loading={operations.status === 'waiting'}
          instead={
            failed ? (
              <FailedState title="Cannot list what was done" error={operations.error} onRetry={operations.retry} />
            ) : (
              <EmptyState icon={<ListChecks />} title="Nothing done yet">
                <p>
                  Every start, stop, creation and destruction is kept here: who asked for it, when, and how it ended.
                </p>
              </EmptyState>
            )
          }
        />
      </div>
    </>
  )
}
