import { StateText } from '#renderer/ui/chip.tsx'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import type { Column } from '#renderer/ui/data-table-column.ts'
import type { OperationItem } from '#shared/contracts/operations.ts'
import { TookCell } from './operation-columns.tsx'
import { ITEM_LOOKS } from './operation-looks.ts'
import styles from './operations.module.css'

/** What is under way, then what failed, then the rest in its order. */
const ORDER: Readonly<Record<OperationItem['status'], number>> = {
  running: 0,
  failed: 1,
  done: 2,
  waiting: 3,
  skipped: 4,
  cancelled: 5,
}

export const ITEM_COLUMNS: readonly Column<OperationItem>[] = [
  {
    id: 'result',
    header: 'Result',
    width: '116px',
    sortValue: ({ status, index }) => ORDER[status] * 1e6 + index,
    cell: ({ status }) => <ItemStatus status={status} />,
  },
  {
    id: 'label',
    header: 'What',
    width: '20%',
    look: 'strong',
    sortValue: ({ label }) => label.toLowerCase(),
    cell: ({ label }) => <span title={label}>{label}</span>,
  },
  {
    id: 'machine',
    header: 'Machine',
    width: '132px',
    look: 'mono',
    leaves: 'at-760',
    sortValue: ({ machineId }) => machineId,
    cell: ({ machineId }) => machineId ?? '–',
  },
  {
    id: 'app',
    header: 'App',
    width: '16%',
    leaves: 'at-1100',
    sortValue: ({ app }) => app,
    cell: ({ app }) => <span title={app}>{app}</span>,
  },
  { id: 'answer', header: 'Answer', cell: (item) => <Answer item={item} /> },
  {
    id: 'took',
    header: 'Took',
    width: '84px',
    align: 'end',
    sortValue: ({ startedAt, finishedAt }) => (startedAt && finishedAt ? finishedAt - startedAt : undefined),
    cell: ({ startedAt, finishedAt }) => <TookCell startedAt={startedAt} finishedAt={finishedAt} />,
  },
]

function ItemStatus({ status }: Pick<OperationItem, 'status'>) {
  const { word, tone, icon: Icon } = ITEM_LOOKS[status]
  return (
    <StateText tone={tone} icon={<Icon aria-hidden="true" />}>
      {word}
    </StateText>
  )
}

/** What Fly.io said; of a failure also the request id that support asks for. */
function Answer({ item: { result, error } }: { item: OperationItem }) {
  const text = error?.message ?? result ?? ''
  const { status, requestId } = error?.request ?? {}
  return (
    <span className={styles.answer}>
      <span className={error ? 'cut t1' : 'cut'} title={text}>
        {status === undefined ? text : `${status}: ${text}`}
      </span>
      {requestId && <CopyButton text={requestId} label={`Copy request id ${requestId}`} />}
    </span>
  )
}
