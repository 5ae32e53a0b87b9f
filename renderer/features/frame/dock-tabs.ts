import { z } from 'zod'
import { AppName, MachineId } from '#shared/contracts/names.ts'

/** What a tab of the dock shows. A terminal keeps the id of its session, so it survives a reload. */
export const DockTab = z.object({
  id: z.string(),
  kind: z.enum(['terminal', 'logs']),
  app: AppName,
  machineId: MachineId.optional(),
  title: z.string(),
  sessionId: z.uuid().optional(),
})
export type DockTab = z.infer<typeof DockTab>

export const DockState = z.object({
  tabs: z.array(DockTab),
  activeId: z.string().optional(),
  view: z.enum(['open', 'collapsed', 'maximised']),
  /** Height in px while open. */
  height: z.number(),
})
export type DockState = z.infer<typeof DockState>

export const EMPTY_DOCK: DockState = { tabs: [], view: 'open', height: 208 }

/** The tab bar with two lines of output, and what is left of the work above it. */
const LEAST_HEIGHT = 96
const LEAST_WORK = 160

type NewTab = Omit<DockTab, 'id'>

/** Opens a tab, or shows the one that is there for the same thing. */
export function openTab(dock: DockState, tab: NewTab, id: string): DockState {
  const same = dock.tabs.find(
    ({ kind, app, machineId }) => kind === tab.kind && app === tab.app && machineId === tab.machineId,
  )
  const view = dock.view === 'collapsed' ? 'open' : dock.view
  if (same) return { ...dock, view, activeId: same.id }
  return { ...dock, view, tabs: [...dock.tabs, { ...tab, id }], activeId: id }
}

/** Closes a tab; its right neighbour comes forward, else its left one. */
export function closeTab(dock: DockState, id: string): DockState {
  const index = dock.tabs.findIndex((tab) => tab.id === id)
  if (index === -1) return dock
  const tabs = dock.tabs.filter((tab) => tab.id !== id)
  const { activeId: _closed, ...rest } = dock
  const nextId = dock.activeId === id ? tabs[Math.min(index, tabs.length - 1)]?.id : dock.activeId
  const view = tabs.length === 0 ? 'open' : dock.view
  return nextId === undefined ? { ...rest, tabs, view } : { ...rest, tabs, view, activeId: nextId }
}

export const showTab = (dock: DockState, id: string): DockState => ({
  ...dock,
  activeId: id,
  view: dock.view === 'collapsed' ? 'open' : dock.view,
})

export const setSession = (dock: DockState, id: string, sessionId: string): DockState => ({
  ...dock,
  tabs: dock.tabs.map((tab) => (tab.id === id ? { ...tab, sessionId } : tab)),
})

export const setView = (dock: DockState, view: DockState['view']): DockState => ({ ...dock, view })

export const setHeight = (dock: DockState, height: number, windowHeight: number): DockState => ({
  ...dock,
  height: Math.round(Math.max(LEAST_HEIGHT, Math.min(height, windowHeight - LEAST_WORK))),
})
