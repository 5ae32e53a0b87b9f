import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CommandPalette } from './features/palette/command-palette.tsx'
import { useChangeSettings } from './features/settings/use-settings.ts'
import { useFleet, useMachine } from './lib/fleet-context.tsx'
import { goToEntries, machineCommands, rowEntries, windowCommands } from './palette-entries.tsx'
import { useActions, useWorkbench } from './workbench-context.ts'

/** What lies over the page, one at a time. */
export type Overlay = 'palette' | 'commands' | 'shortcuts' | null

interface PaletteProps {
  /** What stands in the field at first. */
  prefix: '' | '>'
  openMachine: { app: string; id: string } | undefined
  refresh: () => void
  onOverlay: (overlay: Overlay) => void
}

/** The command palette over everything the account has. */
export function Palette({ prefix, openMachine, refresh, onOverlay }: PaletteProps) {
  const navigate = useNavigate()
  const actions = useActions()
  const { onAddAccount } = useWorkbench()
  const { mutate: changeSettings } = useChangeSettings()
  const fleet = useFleet()
  const machine = useMachine(openMachine?.id)
  const entries = useMemo(
    () => [
      ...(machine ? machineCommands(machine, actions) : []),
      ...windowCommands({
        refresh,
        createWorkspace: actions.createWorkspace,
        addAccount: onAddAccount,
        showShortcuts: () => onOverlay('shortcuts'),
        setTheme: (theme) => changeSettings({ theme }),
        deploy: () => void navigate({ to: '/deploys' }),
      }),
      ...goToEntries((path) => void navigate({ to: path })),
      ...rowEntries(fleet, {
        openMachine: (openMachine) => void navigate({ to: '/machines', search: { openMachine } }),
        filterMachines: (filter) => void navigate({ to: '/machines', search: { filter } }),
      }),
    ],
    [machine, actions, refresh, onAddAccount, onOverlay, changeSettings, navigate, fleet],
  )
  const context = machine && `${machine.userId ?? machine.name} is open`
  return <CommandPalette prefix={prefix} entries={entries} context={context} onClose={() => onOverlay(null)} />
}
