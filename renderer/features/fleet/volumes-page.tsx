import { Copy, HardDrive, Server, Unlink } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { countText } from '#renderer/lib/fleet-count.ts'
import { compileQuery, parseQuery } from '#renderer/lib/fleet-query.ts'
import { formatCount, formatMoney, formatPlural } from '#renderer/lib/format.ts'
import { Banner } from '#renderer/ui/callout.tsx'
import { useCopy } from '#renderer/ui/copy-context.ts'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { DataTableFilter } from '#renderer/ui/data-table-filter.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { InsteadOfRows } from '#renderer/ui/instead-of-rows.tsx'
import type { MenuEntry } from '#renderer/ui/menu-items.ts'
import { PageHead } from '#renderer/ui/page-head.tsx'
import { Tabs } from '#renderer/ui/tabs.tsx'
import type { VolumeRow } from '#shared/contracts/fleet.ts'
import { sumOf } from '#shared/pricing/money.ts'
import styles from './fleet.module.css'
import { FleetNote } from './fleet-note.tsx'
import { VOLUME_FIELDS } from './machine-query.ts'
import { volumeColumns } from './volume-columns.tsx'

interface VolumesPageProps {
  onOpenMachine: (machine: { app: string; id: string }) => void
}

type View = 'all' | 'orphans'

const KEYS = Object.keys(VOLUME_FIELDS.keys)
const rowId = ({ id }: VolumeRow) => id

/** Every volume of the account, and what those that belong to no machine cost. */
export function VolumesPage({ onOpenMachine }: VolumesPageProps) {
  const fleet = useFleet()
  const copy = useCopy()
  const [view, setView] = useState<View>('all')
  const [filter, setFilter] = useState('')
  const { volumes } = fleet
  const orphans = useMemo(() => volumes.filter(({ orphan }) => orphan), [volumes])
  const columns = useMemo(() => volumeColumns({ onOpenMachine }), [onOpenMachine])
  const shown = useMemo(() => {
    const rows = view === 'orphans' ? orphans : volumes
    return rows.filter(compileQuery(parseQuery(filter, KEYS), VOLUME_FIELDS))
  }, [volumes, orphans, view, filter])

  const menuItems = ({ id, app, attachedMachineId }: VolumeRow): MenuEntry[] => [
    ...(attachedMachineId
      ? [{ label: 'Open its machine', icon: <Server />, onSelect: () => onOpenMachine({ app, id: attachedMachineId }) }]
      : []),
    { label: 'Copy id', icon: <Copy />, keys: 'Ctrl+C', onSelect: () => copy(id) },
  ]

  return (
    <>
      <PageHead
        title="Volumes"
        tabs={
          <Tabs
            label="Views"
            value={view}
            onChange={setView}
            tabs={[
              { value: 'all', label: 'All', ...(fleet.ready && { count: formatCount(volumes.length) }) },
              {
                value: 'orphans',
                label: 'Without a machine',
                ...(fleet.ready && { count: formatCount(orphans.length) }),
                icon: <Unlink size={14} />,
                tone: orphans.length > 0 ? 'warn' : 'off',
              },
            ]}
          />
        }
      />
      <DataTableFilter
        label="Filter volumes"
        value={filter}
        onChange={setFilter}
        keys={KEYS}
        count={countText(shown.length, volumes.length, fleet)}
      />
      <FleetNote fleet={fleet} />
      {orphans.length > 0 && <OrphanNote orphans={orphans} />}
      <div className={styles.body}>
        <DataTable
          label="Volumes"
          rows={shown}
          columns={columns}
          rowId={rowId}
          initialSort={{ column: 'app', descending: false }}
          onOpen={({ app, attachedMachineId }) => attachedMachineId && onOpenMachine({ app, id: attachedMachineId })}
          onRowKey={(event, { id }) => {
            if (event.key === 'c' && (event.ctrlKey || event.metaKey)) copy(id)
          }}
          menuItems={menuItems}
          cached={fleet.status.source === 'saved'}
          loading={!fleet.ready && !fleet.status.problem}
          instead={
            <InsteadOfRows
              what="volumes"
              problem={fleet.status.problem}
              filtered={volumes.length > 0}
              onClearFilter={() => {
                setFilter('')
                setView('all')
              }}
              empty={
                <EmptyState icon={<HardDrive />} title="No volumes yet">
                  <p>A volume keeps a workspace's files while its machine is stopped. Each new workspace makes one.</p>
                </EmptyState>
              }
            />
          }
        />
      </div>
    </>
  )
}

function OrphanNote({ orphans }: { orphans: readonly VolumeRow[] }) {
  const month = formatMoney(sumOf(orphans.map(({ monthEstimate }) => monthEstimate)))
  const subject = formatPlural(orphans.length, 'volume belongs', 'volumes belong')
  return (
    <Banner tone="warn" icon={<Unlink />}>
      {`${subject} to no machine and ${orphans.length === 1 ? 'costs' : 'cost'} ${month} a month (estimate).`}
    </Banner>
  )
}
