import type { KeyboardEvent } from 'react'
import { changeOf, turningVerb } from '#renderer/lib/fleet-verbs.ts'
import type { MachineRow } from '#shared/contracts/fleet.ts'
import { verbsFor } from '#shared/machines/machine-state.ts'
import { type MachineActions, targetOf } from './machine-menu.tsx'

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'preventDefault'>

interface KeyOn {
  event: Press
  /** The row the key was pressed on. */
  row: MachineRow
  /** What is marked, or that row alone. */
  rows: readonly MachineRow[]
  actions: MachineActions
  copy: (text: string) => void
}

/** S, L, T, Ctrl+C and Ctrl+Backspace on a row, as the app's keyboard map has them. */
export function pressMachineKey(press: KeyOn): void {
  const command = commandOf(press.event)
  if (!command || (command === 'copy' && hasSelectedText())) return
  press.event.preventDefault()
  COMMANDS[command](press)
}

const COMMANDS: Readonly<Record<MachineCommand, (press: KeyOn) => void>> = {
  logs: ({ row, actions }) => actions.onOpenLogs(targetOf(row)),
  terminal: ({ row, actions }) => {
    if (verbsFor(row.state).terminal) actions.onOpenTerminal(targetOf(row))
  },
  copy: ({ rows, copy }) => copy(rows.map(({ id }) => id).join('\n')),
  turn: ({ row, rows, actions }) => {
    const change = changeOf(turningVerb(row), rows)
    if (change) actions.onRequestChange(change, { waits: true })
  },
  destroy: ({ rows, actions }) => {
    const change = changeOf('destroy', rows)
    if (change) actions.onRequestChange(change)
  },
}

type MachineCommand = 'turn' | 'logs' | 'terminal' | 'copy' | 'destroy'

const PLAIN: Readonly<Record<string, MachineCommand>> = { s: 'turn', l: 'logs', t: 'terminal' }
const WITH_CTRL: Readonly<Record<string, MachineCommand>> = { c: 'copy', backspace: 'destroy' }

const commandOf = ({ key, ctrlKey, metaKey, altKey }: Press): MachineCommand | undefined =>
  altKey ? undefined : (ctrlKey || metaKey ? WITH_CTRL : PLAIN)[key.toLowerCase()]

const hasSelectedText = (): boolean => (getSelection()?.toString() ?? '') !== ''
