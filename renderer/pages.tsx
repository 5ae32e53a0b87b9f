import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Map as MapIcon } from 'lucide-react'
import { MachinesPage } from './features/fleet/machines-page.tsx'
import {
  AppsPage,
  CostPage,
  DeploysPage,
  LogsPage,
  OperationsPage,
  SettingsPage,
  TerminalsPage,
  VolumesPage,
  WorkspacesPage,
} from './lazy-parts.ts'
import { Button } from './ui/button.tsx'
import { EmptyState } from './ui/empty.tsx'
import { type Actions, useActions, useWorkbench } from './workbench-context.ts'

// Each page of the router: its search parameters become props, and its callbacks lead to other pages.

const machines = getRouteApi('/machines')
const workspaces = getRouteApi('/workspaces')
const deploys = getRouteApi('/deploys')
const activity = getRouteApi('/activity')
const logs = getRouteApi('/logs')
const terminals = getRouteApi('/terminals')

const machineActions = ({ requestChange, openLogs, openTerminal }: Actions) => ({
  onRequestChange: requestChange,
  onOpenLogs: openLogs,
  onOpenTerminal: openTerminal,
})

export function Machines() {
  const { filter, openMachine } = machines.useSearch()
  const navigate = machines.useNavigate()
  const actions = useActions()
  return (
    <MachinesPage
      {...machineActions(actions)}
      openMachine={openMachine?.id}
      onOpenMachine={actions.openMachine}
      onCreateWorkspace={actions.createWorkspace}
      filter={filter ?? ''}
      // Every letter typed would otherwise be a step back.
      onFilterChange={(next) =>
        void navigate({ replace: true, search: (previous) => ({ ...previous, filter: next || undefined }) })
      }
    />
  )
}

export function Workspaces() {
  const { creating, openMachine } = workspaces.useSearch()
  const navigate = workspaces.useNavigate()
  const actions = useActions()
  return (
    <WorkspacesPage
      {...machineActions(actions)}
      creating={creating ?? false}
      onCreatingChange={(next) =>
        void navigate({ replace: true, search: (previous) => ({ ...previous, creating: next || undefined }) })
      }
      openMachine={openMachine?.id}
      onOpenMachine={actions.openMachine}
    />
  )
}

export function Apps() {
  const navigate = useNavigate()
  const { openLogs } = useActions()
  return (
    <AppsPage
      onShowMachines={(app) => void navigate({ to: '/machines', search: { filter: `app:${app} ` } })}
      onOpenLogs={openLogs}
      onDeploy={(app) => void navigate({ to: '/deploys', search: { app } })}
    />
  )
}

export function Volumes() {
  const navigate = useNavigate()
  return <VolumesPage onOpenMachine={(openMachine) => void navigate({ to: '/machines', search: { openMachine } })} />
}

export function Deploys() {
  const { app, deploymentId } = deploys.useSearch()
  const navigate = deploys.useNavigate()
  const { openLogs } = useActions()
  return (
    <DeploysPage
      app={app}
      deploymentId={deploymentId}
      onOpenDeployment={(id) => void navigate({ search: { deploymentId: id } })}
      onOpenLogs={openLogs}
    />
  )
}

export function Activity() {
  const { operationId } = activity.useSearch()
  const { openOperation, requestChange } = useActions()
  return <OperationsPage operationId={operationId} onOpenOperation={openOperation} onRequestChange={requestChange} />
}

export function Logs() {
  const { app, machineId, title } = logs.useSearch()
  const navigate = logs.useNavigate()
  const target = app === undefined ? undefined : { app, ...(machineId && { machineId }), ...(title && { title }) }
  return <LogsPage target={target} onTarget={(next) => void navigate({ search: { ...next } })} />
}

export function Terminals() {
  const { session } = terminals.useSearch()
  const navigate = terminals.useNavigate()
  return (
    <TerminalsPage
      sessionId={session}
      onSession={(next) => void navigate({ replace: true, search: { session: next } })}
      onShowMachines={() => void navigate({ to: '/machines' })}
    />
  )
}

export function Cost() {
  const navigate = useNavigate()
  return <CostPage onShowApp={(app) => void navigate({ to: '/machines', search: { filter: `app:${app} ` } })} />
}

export function Settings() {
  return <SettingsPage settings={useWorkbench().settings} />
}

export function NotFound() {
  const navigate = useNavigate()
  return (
    <EmptyState
      icon={<MapIcon />}
      title="There is no such page"
      actions={<Button onClick={() => void navigate({ to: '/machines' })}>Show machines</Button>}
    />
  )
}
