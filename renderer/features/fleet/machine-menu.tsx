import { CirclePause, CirclePlay, CircleStop, Copy, RotateCw, ScrollText, SquareTerminal, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { changeOf, flyctlCommand, turningVerb } from '#renderer/lib/fleet-verbs.ts'
import type { MenuEntry } from '#renderer/ui/menu-items.ts'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import type { Change } from '#shared/contracts/operations.ts'
import { verbsFor } from '#shared/machines/machine-state.ts'
import { type MachineVerb, whyNot } from '#shared/machines/machine-verbs.ts'

/** Where the rest of the app takes over. */
export interface MachineActions {
  /** `waits`: with some seconds to take it back, for a key that is pressed easily. */
  onRequestChange: (change: Change, options?: { waits: boolean }) => void
  onOpenLogs: (target: { app: string; machineId?: string; title?: string }) => void
  onOpenTerminal: (target: { app: string; machineId?: string; title?: string }) => void
}

const VERBS: readonly { verb: MachineVerb; label: string; icon: ReactNode; keys?: string }[] = [
  { verb: 'start', label: 'Start', icon: <CirclePlay />, keys: 'S' },
  { verb: 'stop', label: 'Stop', icon: <CircleStop />, keys: 'S' },
  { verb: 'suspend', label: 'Suspend', icon: <CirclePause /> },
  { verb: 'restart', label: 'Restart', icon: <RotateCw /> },
]

/** How a machine is called where it is spoken of: by its user, else by its name. */
export const machineTitle = ({ userId, name, id }: Pick<MachineRow, 'userId' | 'name' | 'id'>): string =>
  userId ?? (name || id)

export const targetOf = (row: MachineRow) => ({ app: row.app, machineId: row.id, title: machineTitle(row) })

interface MenuOf {
  row: MachineRow
  actions: MachineActions
  copy: (text: string) => void
}

/** Everything that may be done to one machine in its present state. */
export function machineMenu({ row, actions, copy }: MenuOf): MenuEntry[] {
  const { onOpenLogs, onOpenTerminal, onRequestChange } = actions
  const ask = (verb: MachineVerb) => {
    const change = changeOf(verb, [row])
    if (change) onRequestChange(change)
  }
  const entry = ({ verb, label, icon, keys }: (typeof VERBS)[number]): MenuEntry => ({
    label,
    icon,
    keys: turningVerb(row) === verb ? keys : undefined,
    onSelect: () => ask(verb),
  })
  return [
    { label: 'Logs', icon: <ScrollText />, keys: 'L', onSelect: () => onOpenLogs(targetOf(row)) },
    {
      label: 'Terminal',
      icon: <SquareTerminal />,
      keys: 'T',
      disabled: !verbsFor(row.state).terminal,
      onSelect: () => onOpenTerminal(targetOf(row)),
    },
    { kind: 'separator' },
    ...VERBS.filter(({ verb }) => whyNot(verb, row) === undefined).map(entry),
    { kind: 'separator' },
    { label: 'Copy id', icon: <Copy />, keys: 'Ctrl+C', onSelect: () => copy(row.id) },
    {
      label: 'Copy as flyctl command',
      icon: <Copy />,
      onSelect: () => copy(flyctlCommand(turningVerb(row), row)),
    },
    { kind: 'separator' },
    {
      label: 'Destroy…',
      icon: <Trash2 />,
      keys: 'Ctrl+Backspace',
      danger: true,
      disabled: whyNot('destroy', row) !== undefined,
      onSelect: () => ask('destroy'),
    },
  ]
}
