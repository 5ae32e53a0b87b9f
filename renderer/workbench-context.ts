import { createContext, use } from 'react'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import type { Change } from '#shared/contracts/operations.ts'
import type { Settings } from '#shared/contracts/settings.ts'
import type { DockStore } from './features/frame/dock-store.ts'

/** What the whole workbench of one account knows. */
export interface Workbench {
  session: Session
  account: Account
  settings: Settings
  dock: DockStore
  onAddAccount: () => void
}

const WorkbenchContext = createContext<Workbench | undefined>(undefined)
export const WorkbenchProvider = WorkbenchContext.Provider

export function useWorkbench(): Workbench {
  const workbench = use(WorkbenchContext)
  if (!workbench) throw new Error('useWorkbench must be used inside WorkbenchProvider')
  return workbench
}

export interface Target {
  app: string
  machineId?: string
  title?: string
}

/** How one page reaches what another one shows: features never import each other. */
export interface Actions {
  requestChange(change: Change): void
  openMachine(machine: { app: string; id: string } | undefined): void
  openLogs(target: Target): void
  openTerminal(target: Target): void
  openOperation(id: string | undefined): void
  createWorkspace(): void
}

const ActionsContext = createContext<Actions | undefined>(undefined)
export const ActionsProvider = ActionsContext.Provider

export function useActions(): Actions {
  const actions = use(ActionsContext)
  if (!actions) throw new Error('useActions must be used inside ActionsProvider')
  return actions
}
