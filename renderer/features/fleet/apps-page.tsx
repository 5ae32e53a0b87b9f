import { ExternalLink, Layers, Rocket, ScrollText, Server } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useOpenApp, useOpenLink } from '#renderer/lib/desktop.ts'
import { useFleet } from '#renderer/lib/fleet-context.tsx'
import { countText } from '#renderer/lib/fleet-count.ts'
import { compileQuery, parseQuery } from '#renderer/lib/fleet-query.ts'
import { Button } from '#renderer/ui/button.tsx'
import { useCopy } from '#renderer/ui/copy-context.ts'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { DataTableFilter } from '#renderer/ui/data-table-filter.tsx'
import { EmptyState } from '#renderer/ui/empty.tsx'
import { InsteadOfRows } from '#renderer/ui/instead-of-rows.tsx'
import type { MenuEntry } from '#renderer/ui/menu-items.ts'
import { PageHead } from '#renderer/ui/page-head.tsx'
import type { AppRow } from '#shared/contracts/fleet.ts'
import { APP_COLUMNS } from './app-columns.tsx'
import styles from './fleet.module.css'
import { FleetNote } from './fleet-note.tsx'
import { APP_FIELDS } from './machine-query.ts'

interface AppsPageProps {
  onShowMachines: (app: string) => void
  onOpenLogs: (target: { app: string }) => void
  /** Without an app: choose a folder first. */
  onDeploy: (app?: string) => void
}

const KEYS = Object.keys(APP_FIELDS.keys)
const rowId = ({ name }: AppRow) => name

/** Every app of the account. */
export function AppsPage({ onShowMachines, onOpenLogs, onDeploy }: AppsPageProps) {
  const fleet = useFleet()
  const copy = useCopy()
  const openApp = useOpenApp()
  const openLink = useOpenLink()
  const [filter, setFilter] = useState('')
  const { apps } = fleet
  const shown = useMemo(() => apps.filter(compileQuery(parseQuery(filter, KEYS), APP_FIELDS)), [apps, filter])

  const menuItems = ({ name, hostname, layout }: AppRow): MenuEntry[] => [
    { label: 'Show machines', icon: <Server />, keys: 'Enter', onSelect: () => onShowMachines(name) },
    { label: 'Logs', icon: <ScrollText />, keys: 'L', onSelect: () => onOpenLogs({ app: name }) },
    ...(layout === 'builder' ? [] : [{ label: 'Deploy…', icon: <Rocket />, onSelect: () => onDeploy(name) }]),
    { kind: 'separator' },
    ...(hostname ? [{ label: `Open ${hostname}`, icon: <ExternalLink />, onSelect: () => openApp(name) }] : []),
    {
      label: 'Open in the Fly dashboard',
      icon: <ExternalLink />,
      onSelect: () => openLink(`https://fly.io/apps/${name}`),
    },
    { label: 'Copy name', onSelect: () => copy(name) },
  ]

  return (
    <>
      <PageHead
        title="Apps"
        actions={
          <Button variant="primary" icon={<Rocket />} onClick={() => onDeploy()}>
            Deploy a folder
          </Button>
        }
      />
      <DataTableFilter
        label="Filter apps"
        value={filter}
        onChange={setFilter}
        keys={KEYS}
        count={countText(shown.length, apps.length, fleet)}
      />
      <FleetNote fleet={fleet} />
      <div className={styles.body}>
        <DataTable
          label="Apps"
          rows={shown}
          columns={APP_COLUMNS}
          rowId={rowId}
          initialSort={{ column: 'name', descending: false }}
          onOpen={({ name }) => onShowMachines(name)}
          onRowKey={(event, { name }) => {
            if (event.key.toLowerCase() === 'l' && !event.ctrlKey && !event.metaKey) onOpenLogs({ app: name })
          }}
          menuItems={menuItems}
          cached={fleet.status.source === 'saved'}
          loading={!fleet.ready && !fleet.status.problem}
          instead={
            <InsteadOfRows
              what="apps"
              problem={fleet.status.problem}
              filtered={apps.length > 0}
              onClearFilter={() => setFilter('')}
              empty={<NoApps onDeploy={() => onDeploy()} />}
            />
          }
        />
      </div>
    </>
  )
}

function NoApps({ onDeploy }: { onDeploy: () => void }) {
  return (
    <EmptyState
      icon={<Layers />}
      title="No apps yet"
      actions={
        <Button variant="primary" icon={<Rocket />} onClick={onDeploy}>
          Deploy a folder
        </Button>
      }
    >
      <p>An app is a name, an address and the machines behind it. Pick a folder with a Dockerfile to make the first.</p>
    </EmptyState>
  )
}
