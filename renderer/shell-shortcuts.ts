import { useNavigate, useRouter } from '@tanstack/react-router'
import { useRef } from 'react'
import { closeTab, type DockTab, setView } from './features/frame/dock-tabs.ts'
import type { Shortcut } from './lib/shortcuts.ts'
import { useShortcuts } from './lib/shortcuts-context.tsx'
import { PAGES, pageKeys } from './navigation.tsx'
import type { Overlay } from './palette.tsx'
import { focusNextRegion } from './regions.ts'
import { useWorkbench } from './workbench-context.ts'

interface ShellKeys {
  setOverlay: (overlay: Overlay) => void
  refresh: () => void
  openMachine: { app: string; id: string } | undefined
  endTerminal: (tab: DockTab) => void
}

/** The keys that work on every page. */
export function useShellShortcuts({ setOverlay, refresh, openMachine, endTerminal }: ShellKeys): void {
  const navigate = useNavigate()
  const { history } = useRouter()
  const { dock } = useWorkbench()
  const lastMachine = useRef(openMachine)
  if (openMachine) lastMachine.current = openMachine

  const toggleInspector = () => {
    const next = openMachine ? undefined : lastMachine.current
    void navigate({ to: '.', search: (previous) => ({ ...previous, openMachine: next }) })
  }
  const closeActiveTab = () => {
    const { tabs, activeId } = dock.state()
    const tab = tabs.find(({ id }) => id === activeId)
    if (!tab) return
    dock.change((state) => closeTab(state, tab.id))
    endTerminal(tab)
  }
  const toggleDock = () => dock.change((state) => setView(state, state.view === 'collapsed' ? 'open' : 'collapsed'))

  const anywhere = (keys: string, label: string, run: () => void): Shortcut => ({ keys, label, scope: 'anywhere', run })
  useShortcuts([
    anywhere('Ctrl+K', 'Search or run', () => setOverlay('palette')),
    anywhere('Ctrl+Shift+P', 'Commands only', () => setOverlay('commands')),
    ...PAGES.flatMap(({ path, label }) => {
      const keys = pageKeys(path)
      return keys ? [anywhere(keys, label, () => void navigate({ to: path }))] : []
    }),
    anywhere('Ctrl+[', 'Back', () => history.back()),
    anywhere('Ctrl+]', 'Forward', () => history.forward()),
    anywhere('Ctrl+I', 'Inspector', toggleInspector),
    anywhere('Ctrl+J', 'Dock', toggleDock),
    anywhere('Ctrl+W', 'Close the tab in front', closeActiveTab),
    anywhere('Ctrl+R', 'Refresh', refresh),
    anywhere('F5', 'Refresh', refresh),
    anywhere('Ctrl+,', 'Settings', () => void navigate({ to: '/settings' })),
    anywhere('F6', 'Next region', () => focusNextRegion(document)),
    anywhere('?', 'This map', () => setOverlay('shortcuts')),
  ])
}
