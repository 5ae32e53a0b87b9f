export type TerminalKey = 'copy' | 'paste' | 'find' | 'app' | 'shell'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey'>

const MAC_VERBS: Readonly<Record<string, TerminalKey>> = { c: 'copy', v: 'paste', f: 'find' }

/** Who a key belongs to. Every unshifted Ctrl key is the shell's; Ctrl+Shift, F6 and ⌘ are the app's. */
export function keyOwner({ key, ctrlKey, shiftKey, metaKey, altKey }: Pressed): TerminalKey {
  if (key === 'F6') return 'app'
  const isOurs = metaKey || (ctrlKey && shiftKey && !altKey)
  if (!isOurs) return 'shell'
  return MAC_VERBS[key.toLowerCase()] ?? 'app'
}
