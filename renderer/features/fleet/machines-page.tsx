import { Plus, Server, TriangleAlert } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTick } from '#renderer/lib/fleet-clock.ts'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { countText } from '#renderer/lib/fleet-count.ts'
import { compileQuery, parseQuery } from '#renderer/lib/fleet-query.ts'
import { formatCount } from '#renderer/lib/format.ts'
import type { Shortcut } from '#renderer/lib/shortcuts.ts'
import { useShortcuts } from '#renderer/lib/shortcuts-context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { useCopy } from '#renderer/ui/copy-context.ts'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { DataTableFilter } from '#renderer/ui/data-table-filter.tsx'
import { markAll, NO_MARKS } from '#renderer/ui/data-table-selection.ts'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { InsteadOfRows } from '#renderer/ui/instead-of-rows.tsx'
import { PageHead } from '#renderer/ui/page-head.tsx'
import { type TabEntry, Tabs } from '#renderer/ui/tabs.tsx'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { usualImages } from './drift.ts'
import styles from './fleet.module.css'
import { FleetNote } from './fleet-note.tsx'
import { machineColumns } from './machine-columns.tsx'
import { pressMachineKey } from './machine-keys.ts'
import { type MachineActions, machineMenu } from './machine-menu.tsx'
import { MACHINE_FIELDS } from './machine-query.ts'
import { MachineSelection } from './machine-selection.tsx'
import { countViews, type MachineView, rowsOfView } from './machine-views.ts'
import { useFilterText } from './use-filter-text.ts'

interface MachinesPageProps extends MachineActions {
  /** Id of the machine in the inspector. */
  openMachine: string | undefined
  onOpenMachine: (machine: { app: string; id: string } | undefined) => void
  onCreateWorkspace: () => void
  /** Absent = the page keeps its own filter. */
  filter?: string
  onFilterChange?: (filter: string) => void
}

const KEYS = Object.keys(MACHINE_FIELDS.keys)
/** States get stuck by the minute; counting ten thousand of them by the second would be waste. */
const VIEW_STEP_MS = 30_000
const rowId = ({ id }: MachineRow) => id
const isHatched = ({ hostStatus }: MachineRow) => hostStatus === 'unreachable'

/** For the overview of shortcuts: the table itself hears these. */
const TABLE_SHORTCUTS: readonly Shortcut[] = [
  { keys: 'J', label: 'Next row', scope: 'table' },
  { keys: 'K', label: 'Previous row', scope: 'table' },
  { keys: 'Space', label: 'Mark', scope: 'table' },
  { keys: 'Shift+ArrowDown', label: 'Mark a range', scope: 'table' },
  { keys: 'Ctrl+A', label: 'Mark all that match', scope: 'table' },
  { keys: 'Enter', label: 'Open', scope: 'table' },
  { keys: 'Escape', label: 'Close', scope: 'table' },
  { keys: 'S', label: 'Stop or start', scope: 'table' },
  { keys: 'L', label: 'Logs', scope: 'table' },
  { keys: 'T', label: 'Terminal', scope: 'table' },
  { keys: 'Ctrl+C', label: 'Copy id', scope: 'table' },
  { keys: 'Ctrl+Backspace', label: 'Destroy', scope: 'table' },
]

/** Every machine of the account. */
export function MachinesPage(props: MachinesPageProps) {
  const { openMachine, onOpenMachine, onCreateWorkspace, onFilterChange } = props
  const fleet = useFleet()
  const copy = useCopy()
  const [view, setView] = useState<MachineView>('all')
  const [marks, setMarks] = useState(NO_MARKS)
  const [filter, setFilter] = useFilterText(props.filter, onFilterChange)
  const now = useTick((time) => Math.floor(time / VIEW_STEP_MS) * VIEW_STEP_MS)
  const { machines, apps } = fleet
  const columns = useMemo(() => machineColumns(usualImages(apps)), [apps])

  useShortcuts(TABLE_SHORTCUTS)

  const counts = useMemo(() => countViews(machines, now), [machines, now])
  const shown = useMemo(
    () => rowsOfView(view, machines, now).filter(compileQuery(parseQuery(filter, KEYS), MACHINE_FIELDS)),
    [machines, view, now, filter],
  )
  const selected = useMemo(() => shown.filter(({ id }) => marks.ids.has(id)), [shown, marks])
  const rowsFor = (row: MachineRow) => (marks.ids.has(row.id) ? selected : [row])

  return (
    <>
      <PageHead
        title="Machines"
        tabs={<Tabs label="Views" value={view} onChange={setView} tabs={viewTabs(counts, fleet.ready)} />}
        actions={
          <Button icon={<Plus />} onClick={onCreateWorkspace}>
            New workspace
          </Button>
        }
      />
      <DataTableFilter
        label="Filter machines"
        value={filter}
        onChange={setFilter}
        keys={KEYS}
        count={countText(shown.length, machines.length, fleet)}
      />
      <FleetNote fleet={fleet} />
      <div className={styles.body}>
        <DataTable
          label="Machines"
          rows={shown}
          columns={columns}
          rowId={rowId}
          initialSort={{ column: 'app', descending: false }}
          marks={marks}
          onMarksChange={setMarks}
          openId={openMachine}
          onOpen={({ app, id }) => onOpenMachine({ app, id })}
          onClose={() => onOpenMachine(undefined)}
          onRowKey={(event, row) => pressMachineKey({ event, row, rows: rowsFor(row), actions: props, copy })}
          menuItems={(row) => machineMenu({ row, actions: props, copy })}
          isHatched={isHatched}
          cached={fleet.status.source === 'saved'}
          loading={!fleet.ready && !fleet.status.problem}
          instead={
            <InsteadOfRows
              what="machines"
              problem={fleet.status.problem}
              filtered={machines.length > 0}
              onClearFilter={() => {
                setFilter('')
                setView('all')
              }}
              empty={<NoMachines onCreateWorkspace={onCreateWorkspace} />}
            />
          }
        />
        <MachineSelection
          selected={selected}
          matching={shown.length}
          onSelectAll={() => setMarks(markAll(shown.map(rowId)))}
          onClear={() => setMarks(NO_MARKS)}
          onRequestChange={props.onRequestChange}
        />
      </div>
    </>
  )
}

/** Nothing is counted before there is a picture to count in. */
function viewTabs(counts: Record<MachineView, number>, ready: boolean): TabEntry<MachineView>[] {
  const countOf = (view: MachineView) => ready && { count: formatCount(counts[view]) }
  return [
    { value: 'all', label: 'All', ...countOf('all') },
    {
      value: 'attention',
      label: 'Needs attention',
      ...countOf('attention'),
      icon: <TriangleAlert size={14} />,
      tone: counts.attention > 0 ? 'warn' : 'off',
    },
    { value: 'workspaces', label: 'Workspaces', ...countOf('workspaces') },
    { value: 'services', label: 'Services', ...countOf('services') },
  ]
}

function NoMachines({ onCreateWorkspace }: { onCreateWorkspace: () => void }): ReactNode {
  return (
    <EmptyState
      icon={<Server />}
      title="No machines yet"
      actions={
        <Button variant="primary" icon={<Plus />} onClick={onCreateWorkspace}>
          New workspace
        </Button>
      }
    >
      <p>A machine appears here as soon as you deploy an app or create a workspace.</p>
    </EmptyState>
  )
}
