import { Unlink } from 'lucide-react'
import { useTick } from '#renderer/lib/fleet-clock.ts'
import { formatAge, formatBytes, formatFullTime, formatMoney, formatPercent } from '#renderer/lib/format.ts'
import { StateText } from '#renderer/ui/chip.tsx'
import type { Column } from '#renderer/ui/data-table-column.ts'
import { Meter } from '#renderer/ui/progress.tsx'
import type { VolumeRow } from '#shared/contracts/fleet.ts'
import styles from './fleet.module.css'

interface VolumeColumnsOptions {
  onOpenMachine: (machine: { app: string; id: string }) => void
}

/** How full it is, 0…1; undefined while nobody has measured it. */
export const fillShare = ({
  bytesUsed,
  bytesTotal,
}: Pick<VolumeRow, 'bytesUsed' | 'bytesTotal'>): number | undefined =>
  bytesUsed === undefined || !bytesTotal ? undefined : bytesUsed / bytesTotal

/** A volume that fills up stops its workspace: amber from 80 %, red from 95 %. */
export function fillTone(share: number): 'warn' | 'bad' | undefined {
  if (share >= 0.95) return 'bad'
  return share >= 0.8 ? 'warn' : undefined
}

export const volumeColumns = ({ onOpenMachine }: VolumeColumnsOptions): readonly Column<VolumeRow>[] => [
  { id: 'id', header: 'Volume', width: '176px', look: 'mono-strong', sortValue: ({ id }) => id, cell: ({ id }) => id },
  { id: 'name', header: 'Name', leaves: 'at-1100', sortValue: ({ name }) => name, cell: ({ name }) => name },
  { id: 'app', header: 'App', sortValue: ({ app, id }) => `${app} ${id}`, cell: ({ app }) => app },
  {
    id: 'user',
    header: 'User',
    look: 'strong',
    leaves: 'at-760',
    sortValue: ({ userId }) => userId?.toLowerCase(),
    cell: ({ userId }) => userId ?? <span className="t3">–</span>,
  },
  {
    id: 'machine',
    header: 'Machine',
    width: '140px',
    sortValue: ({ orphan, attachedMachineId }) => (orphan ? '' : attachedMachineId),
    cell: (row) => <AttachedTo row={row} onOpenMachine={onOpenMachine} />,
  },
  {
    id: 'region',
    header: 'Region',
    width: '64px',
    look: 'mono',
    sortValue: ({ region }) => region,
    cell: ({ region }) => region,
  },
  {
    id: 'fill',
    header: 'Used',
    width: '164px',
    sortValue: fillShare,
    cell: (row) => <FillCell row={row} />,
  },
  {
    id: 'created',
    header: 'Created',
    width: '104px',
    align: 'end',
    leaves: 'at-1100',
    sortValue: ({ createdAt }) => -createdAt,
    cell: ({ createdAt }) => <CreatedCell createdAt={createdAt} />,
  },
  {
    id: 'estimate',
    header: 'Est./mo',
    width: '84px',
    align: 'end',
    look: 'strong',
    sortValue: ({ monthEstimate }) => Number(monthEstimate),
    cell: ({ monthEstimate }) => formatMoney(monthEstimate, { digits: 2 }),
  },
]

function AttachedTo({ row, onOpenMachine }: { row: VolumeRow } & VolumeColumnsOptions) {
  const { attachedMachineId, app, orphan } = row
  if (attachedMachineId) {
    return (
      <button
        type="button"
        className={`link mono ${styles.machineLink}`}
        onClick={() => onOpenMachine({ app, id: attachedMachineId })}
      >
        {attachedMachineId}
      </button>
    )
  }
  if (!orphan) return <span className="t3">{row.state.replaceAll('_', ' ')}</span>
  return (
    <StateText tone="warn" icon={<Unlink size={14} aria-hidden="true" />} title="Costs money and belongs to no machine">
      No machine
    </StateText>
  )
}

export function FillCell({ row }: { row: Pick<VolumeRow, 'bytesUsed' | 'bytesTotal' | 'sizeGb' | 'id'> }) {
  const share = fillShare(row)
  if (share === undefined) return <span className="num">{`${row.sizeGb} GB`}</span>
  const tone = fillTone(share)
  return (
    <span className={styles.fill} title={`${formatBytes(row.bytesUsed ?? 0)} of ${row.sizeGb} GB`}>
      <Meter label={`Used of ${row.id}`} share={share} {...(tone && { tone })} />
      <span className="num">{`${formatPercent(share)} of ${row.sizeGb} GB`}</span>
    </span>
  )
}

function CreatedCell({ createdAt }: { createdAt: number }) {
  return <span title={formatFullTime(createdAt)}>{useTick((now) => formatAge(createdAt, now))}</span>
}
