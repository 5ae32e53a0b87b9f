import { CirclePlay, CircleStop, Copy, ExternalLink, RotateCw, ScrollText, SquareTerminal, Trash2 } from 'lucide-react'
import { changeOf, turningVerb } from '#renderer/lib/fleet-verbs.ts'
import { pressRowKey, type RowPress } from '#renderer/lib/row-keys.ts'
import type { MenuEntry } from '#renderer/ui/menu-items.ts'
import type { Change } from '#shared/contracts/operations.ts'
import { verbsFor } from '#shared/machines/machine-state.ts'
import type { WorkspaceRow } from './workspace-rows.ts'

export interface WorkspaceActions {
  onRequestChange: (change: Change, options?: { waits: boolean }) => void
  onOpenLogs: (target: { app: string; machineId?: string; title?: string }) => void
  onOpenTerminal: (target: { app: string; machineId?: string; title?: string }) => void
}

/** What the app around the table does besides. */
export interface WorkspaceTools extends WorkspaceActions {
  copy: (text: string) => void
  openApp: (app: string) => void
}

export const targetOf = ({ machine: { app, id, userId, name } }: WorkspaceRow) => ({
  app,
  machineId: id,
  title: userId ?? name,
})

export function workspaceMenu(row: WorkspaceRow, tools: WorkspaceTools): MenuEntry[] {
  const { machine, host, volume } = row
  const turn = turningVerb(machine)
  const turning = changeOf(turn, [machine])
  const restarting = changeOf('restart', [machine])
  const destroying = changeOf('destroy', [machine], volume !== undefined)
  const ask = (change: Change | undefined) => change && tools.onRequestChange(change)
  return [
    {
      label: 'Terminal',
      icon: <SquareTerminal />,
      keys: 'T',
      disabled: !verbsFor(machine.state).terminal,
      onSelect: () => tools.onOpenTerminal(targetOf(row)),
    },
    { label: 'Logs', icon: <ScrollText />, keys: 'L', onSelect: () => tools.onOpenLogs(targetOf(row)) },
    ...(host ? [{ label: `Open ${host}`, icon: <ExternalLink />, onSelect: () => tools.openApp(machine.app) }] : []),
    { kind: 'separator' },
    {
      label: turn === 'start' ? 'Start' : 'Stop',
      icon: turn === 'start' ? <CirclePlay /> : <CircleStop />,
      keys: 'S',
      disabled: !turning,
      onSelect: () => ask(turning),
    },
    { label: 'Restart', icon: <RotateCw />, disabled: !restarting, onSelect: () => ask(restarting) },
    { kind: 'separator' },
    { label: 'Copy machine id', icon: <Copy />, keys: 'Ctrl+C', onSelect: () => tools.copy(machine.id) },
    {
      label: 'Destroy…',
      icon: <Trash2 />,
      keys: 'Ctrl+Backspace',
      danger: true,
      disabled: !destroying,
      onSelect: () => ask(destroying),
    },
  ]
}

/** The keys of a row do on a workspace what they do on its machine; destroying takes its volume along. */
export function pressWorkspaceKey(event: RowPress, row: WorkspaceRow, tools: WorkspaceTools): void {
  const { machine, volume } = row
  pressRowKey(event, {
    logs: () => tools.onOpenLogs(targetOf(row)),
    terminal: () => {
      if (verbsFor(machine.state).terminal) tools.onOpenTerminal(targetOf(row))
    },
    copy: () => tools.copy(machine.id),
    turn: () => {
      const change = changeOf(turningVerb(machine), [machine])
      if (change) tools.onRequestChange(change, { waits: true })
    },
    destroy: () => {
      const change = changeOf('destroy', [machine], volume !== undefined)
      if (change) tools.onRequestChange(change)
    },
  })
}
