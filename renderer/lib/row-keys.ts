import type { KeyboardEvent } from 'react'

type RowCommand = 'turn' | 'logs' | 'terminal' | 'copy' | 'destroy'

export type RowPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'preventDefault'>

const PLAIN: Readonly<Record<string, RowCommand>> = { s: 'turn', l: 'logs', t: 'terminal' }
const WITH_CTRL: Readonly<Record<string, RowCommand>> = { c: 'copy', backspace: 'destroy' }

/** S, L, T, Ctrl+C and Ctrl+Backspace on a row, as the app's keyboard map has them. */
export function pressRowKey(press: RowPress, commands: Readonly<Record<RowCommand, () => void>>): void {
  const command = commandOf(press)
  if (!command || (command === 'copy' && hasSelectedText())) return
  press.preventDefault()
  commands[command]()
}

const commandOf = ({ key, ctrlKey, metaKey, altKey }: RowPress): RowCommand | undefined =>
  altKey ? undefined : (ctrlKey || metaKey ? WITH_CTRL : PLAIN)[key.toLowerCase()]

const hasSelectedText = (): boolean => (getSelection()?.toString() ?? '') !== ''
