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
  overlay: Overlay
  openMachine: { app: string; id: string } | undefined
  refresh: () => void
  onOverlay: (overlay: Overlay) => void
}

export function Palette({ overlay, openMachine, refresh, onOverlay }: PaletteProps) {
  const open = overlay === 'palette' || overlay === 'commands'
  const machine = useMachine(openMachine?.id)
  return open ? (
    <OpenPalette
      prefix={overlay === 'commands' ? '>' : ''}
      machineId={machine?.id}
      refresh={refresh}
      onOverlay={onOverlay}
    />
  ) : null
}

interface OpenPaletteProps extends Pick<PaletteProps, 'refresh' | 'onOverlay'> {
  prefix: '' | '>'
  machineId: string | undefined
}

function OpenPalette({ prefix, machineId, refresh, onOverlay }: OpenPaletteProps) {
  const navigate = useNavigate()
  const actions = useActions()
  const { onAddAccount } = useWorkbench()
  const { mutate: changeSettings } = useChangeSettings()
  const fleet = useFleet()
  const machine = useMachine(machineId)
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
