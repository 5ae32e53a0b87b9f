import { useTick } from '#renderer/lib/fleet-clock.ts'
import { formatCount, formatElapsed, formatFullTime, formatTime } from '#renderer/lib/format.ts'
import { StateText } from '#renderer/ui/chip.tsx'
import type { Column } from '#renderer/ui/data-table-column.ts'
import { Progress } from '#renderer/ui/progress.tsx'
import type { Operation } from '#shared/contracts/operations.ts'
import { OPERATION_LOOKS } from './operation-looks.ts'
import { finishedCount, progressParts } from './operation-progress.ts'
import styles from './operations.module.css'

export const OPERATION_COLUMNS: readonly Column<Operation>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '124px',
    sortValue: ({ status }) => status,
    cell: ({ status }) => <OperationStatus status={status} />,
  },
  {
    id: 'title',
    header: 'What',
    look: 'strong',
    sortValue: ({ title }) => title.toLowerCase(),
    cell: ({ title }) => <span title={title}>{title}</span>,
  },
  {
    id: 'subject',
    header: 'About',
    leaves: 'at-760',
    sortValue: ({ subject }) => subject.toLowerCase(),
    cell: ({ subject }) => <span title={subject}>{subject}</span>,
  },
  {
    id: 'progress',
    header: 'Progress',
    width: '264px',
    narrowWidth: '230px',
    sortValue: (operation) => finishedCount(operation) / Math.max(1, operation.counts.total),
    cell: (operation) => <ProgressCell operation={operation} />,
  },
  { id: 'by', header: 'By', leaves: 'at-1100', sortValue: ({ by }) => by, cell: ({ by }) => by },
  {
    id: 'started',
    header: 'Started',
    width: '120px',
    align: 'end',
    sortValue: ({ startedAt }) => startedAt,
    cell: ({ startedAt }) => <StartedCell startedAt={startedAt} />,
  },
  {
    id: 'took',
    header: 'Took',
    width: '92px',
    align: 'end',
    sortValue: ({ startedAt, finishedAt }) => finishedAt && finishedAt - startedAt,
    cell: (operation) => <TookCell {...operation} />,
  },
]

function OperationStatus({ status }: Pick<Operation, 'status'>) {
  const { word, tone, icon: Icon } = OPERATION_LOOKS[status]
  return (
    <StateText tone={tone} icon={<Icon aria-hidden="true" />}>
      {word}
    </StateText>
  )
}

function ProgressCell({ operation }: { operation: Operation }) {
  const { title, counts } = operation
  return (
    <span className={styles.progress}>
      <Progress label={title} parts={progressParts(operation)} />
      <span className="num">
        {`${formatCount(counts.done)} of ${formatCount(counts.total)}`}
        {counts.failed > 0 && <span className="c-bad">{`, ${formatCount(counts.failed)} failed`}</span>}
      </span>
    </span>
  )
}

function StartedCell({ startedAt }: Pick<Operation, 'startedAt'>) {
  return <span title={formatFullTime(startedAt)}>{useTick((now) => formatTime(startedAt, now))}</span>
}

/** Length of what has ended, and of what is under way so far. */
export function TookCell({
  startedAt,
  finishedAt,
}: {
  startedAt?: number | undefined
  finishedAt?: number | undefined
}) {
  return useTick((now) =>
    startedAt === undefined ? '–' : formatElapsed((finishedAt ?? Math.max(now, startedAt)) - startedAt),
  )
}
