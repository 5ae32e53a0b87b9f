import { Boxes, Plus } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useOpenApp } from '#renderer/lib/desktop.ts'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { countText } from '#renderer/lib/fleet-count.ts'
import { compileQuery, parseQuery } from '#renderer/lib/fleet-query.ts'
import { formatCount } from '#renderer/lib/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { useCopy } from '#renderer/ui/copy-context.ts'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { DataTableFilter } from '#renderer/ui/data-table-filter.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { InsteadOfRows } from '#renderer/ui/instead-of-rows.tsx'
import { PageHead } from '#renderer/ui/page-head.tsx'
import { Tabs } from '#renderer/ui/tabs.tsx'
import { NewWorkspace } from './new-workspace.tsx'
import { pressWorkspaceKey, type WorkspaceActions, workspaceMenu } from './workspace-actions.tsx'
import { workspaceColumns } from './workspace-columns.tsx'
import {
  rowsOfView,
  WORKSPACE_FIELDS,
  type WorkspaceCache,
  type WorkspaceRow,
  type WorkspaceView,
  workspaceRows,
} from './workspace-rows.ts'
import styles from './workspaces.module.css'

interface WorkspacesPageProps extends WorkspaceActions {
  /** The form is open. */
  creating: boolean
  onCreatingChange: (creating: boolean) => void
  openMachine: string | undefined
  onOpenMachine: (machine: { app: string; id: string } | undefined) => void
}

const KEYS = Object.keys(WORKSPACE_FIELDS.keys)
const VIEWS: readonly (readonly [WorkspaceView, string])[] = [
  ['all', 'All'],
  ['running', 'Running'],
  ['resting', 'At rest'],
]
const rowId = ({ machine }: WorkspaceRow) => machine.id
const isHatched = ({ machine }: WorkspaceRow) => machine.hostStatus === 'unreachable'

/** One line per user of the customer's product: the machine and volume that are theirs. */
export function WorkspacesPage(props: WorkspacesPageProps) {
  const { creating, onCreatingChange, openMachine, onOpenMachine, onRequestChange, onOpenTerminal, onOpenLogs } = props
  const fleet = useFleet()
  const copy = useCopy()
  const openApp = useOpenApp()
  const [view, setView] = useState<WorkspaceView>('all')
  const [filter, setFilter] = useState('')
  const [cache] = useState<WorkspaceCache>(() => new WeakMap())
  const { machines, volumes, apps, ready, status } = fleet
  const columns = useMemo(
    () => workspaceColumns({ openApp, onRequestChange, onOpenTerminal, onOpenLogs }),
    [openApp, onRequestChange, onOpenTerminal, onOpenLogs],
  )
  const tools = { copy, openApp, onRequestChange, onOpenTerminal, onOpenLogs }
  const rows = useMemo(() => workspaceRows({ machines, volumes, apps }, cache), [machines, volumes, apps, cache])
  const shown = useMemo(
    () => rowsOfView(view, rows).filter(compileQuery(parseQuery(filter, KEYS), WORKSPACE_FIELDS)),
    [rows, view, filter],
  )
  const create = (
    <Button variant="primary" icon={<Plus />} onClick={() => onCreatingChange(true)}>
      New workspace
    </Button>
  )

  return (
    <>
      <PageHead
        title="Workspaces"
        tabs={
          <Tabs
            label="Views"
            value={view}
            onChange={setView}
            tabs={VIEWS.map(([value, label]) => ({
              value,
              label,
              ...(ready && { count: formatCount(rowsOfView(value, rows).length) }),
            }))}
          />
        }
        actions={create}
      />
      <DataTableFilter
        label="Filter workspaces"
        value={filter}
        onChange={setFilter}
        keys={KEYS}
        count={countText(shown.length, rows.length, fleet)}
      />
      <div className={styles.body}>
        <DataTable
          label="Workspaces"
          rows={shown}
          columns={columns}
          rowId={rowId}
          initialSort={{ column: 'user', descending: false }}
          openId={openMachine}
          onOpen={({ machine }) => onOpenMachine({ app: machine.app, id: machine.id })}
          onClose={() => onOpenMachine(undefined)}
          onRowKey={(event, row) => pressWorkspaceKey(event, row, tools)}
          menuItems={(row) => workspaceMenu(row, tools)}
          isHatched={isHatched}
          cached={status.source === 'saved'}
          loading={!ready && !status.problem}
          instead={
            <InsteadOfRows
              what="workspaces"
              problem={status.problem}
              filtered={rows.length > 0}
              onClearFilter={() => {
                setFilter('')
                setView('all')
              }}
              empty={<NoWorkspaces create={create} />}
            />
          }
        />
      </div>
      {creating && <NewWorkspace onClose={() => onCreatingChange(false)} onOpenMachine={onOpenMachine} />}
    </>
  )
}

const NoWorkspaces = ({ create }: { create: ReactNode }) => (
  <EmptyState icon={<Boxes />} title="No workspaces yet" actions={create}>
    <p>A workspace is one machine and one volume for one user of your product.</p>
  </EmptyState>
)
