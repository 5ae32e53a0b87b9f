import { changeOf, turningVerb } from '#renderer/lib/fleet-verbs.ts'
import { pressRowKey, type RowPress } from '#renderer/lib/row-keys.ts'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { verbsFor } from '#shared/machines/machine-state.ts'
import { type MachineActions, targetOf } from './machine-menu.tsx'

interface KeyOn {
  event: RowPress
  /** The row the key was pressed on. */
  row: MachineRow
  /** What is marked, or that row alone. */
  rows: readonly MachineRow[]
  actions: MachineActions
  copy: (text: string) => void
}

export function pressMachineKey({ event, row, rows, actions, copy }: KeyOn): void {
  pressRowKey(event, {
    logs: () => actions.onOpenLogs(targetOf(row)),
    terminal: () => {
      if (verbsFor(row.state).terminal) actions.onOpenTerminal(targetOf(row))
    },
    copy: () => copy(rows.map(({ id }) => id).join('\n')),
    turn: () => {
      const change = changeOf(turningVerb(row), rows)
      if (change) actions.onRequestChange(change, { waits: true })
    },
    destroy: () => {
      const change = changeOf('destroy', rows)
      if (change) actions.onRequestChange(change)
    },
  })
}
