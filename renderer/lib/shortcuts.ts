/** One mechanism for every shortcut: a registry with scopes, from which the overview is made as well. */

export type Scope = 'anywhere' | 'page' | 'table' | 'terminal' | 'logs' | 'dialog'

export interface Shortcut {
  /** Such as `Ctrl+Shift+P`; Ctrl is ⌘ on macOS. `?` and other signs are written as they are typed. */
  keys: string
  /** What it does, for the overview: "Search or run". */
  label: string
  scope: Scope
  /** Absent = described here, handled by the component itself. */
  run?: () => void
  /** Also while something is being typed into a field. */
  inFields?: boolean
}

interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Keys as one text: `Ctrl+Shift+p`. Shift is left out where it is part of the sign itself (`?`). */
export function chordOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Pressed, isMac: boolean): string {
  const isLetter = /^[a-z]$/i.test(key)
  const named = key.length > 1
  const parts = [
    (isMac ? metaKey : ctrlKey) && 'Ctrl',
    isMac && ctrlKey && 'Control',
    altKey && 'Alt',
    shiftKey && (isLetter || named) && 'Shift',
    key === ' ' ? 'Space' : key.toLowerCase(),
  ]
  return parts.filter(Boolean).join('+')
}

const normalized = (keys: string): string =>
  keys.replace(/[^+]+$/, (last) => (last === 'Space' ? last : last.toLowerCase()))

interface Situation {
  inField: boolean
  inTerminal: boolean
  inDialog: boolean
}

/** In a terminal every unshifted Ctrl key belongs to the shell: only F6 and Ctrl+Shift+… are the app's. */
export function reachesApp(chord: string, isMac: boolean): boolean {
  return chord === 'f6' || chord.startsWith('Ctrl+Shift+') || (isMac && chord.startsWith('Ctrl+'))
}

interface Press {
  chord: string
  situation: Situation
  isMac: boolean
}

/** The shortcut a press means here and now; the one registered last wins. */
export function shortcutFor(shortcuts: readonly Shortcut[], { chord, situation, isMac }: Press): Shortcut | undefined {
  if (situation.inTerminal && !reachesApp(chord, isMac)) return undefined
  return shortcuts.findLast(
    ({ keys, run, inFields = keys.includes('Ctrl') || /^F\d/.test(keys), scope }) =>
      run !== undefined &&
      normalized(keys) === chord &&
      (inFields || !situation.inField) &&
      (!situation.inDialog || scope === 'dialog'),
  )
}

export interface ShortcutRegistry {
  /** Adds shortcuts until the returned function is called. */
  add(shortcuts: readonly Shortcut[]): () => void
  all(): readonly Shortcut[]
  subscribe(listener: () => void): () => void
}

export function createShortcutRegistry(): ShortcutRegistry {
  const groups = new Set<readonly Shortcut[]>()
  const listeners = new Set<() => void>()
  let flat: readonly Shortcut[] = []
  const changed = () => {
    flat = [...groups].flat()
    for (const listener of listeners) listener()
  }
  return {
    add(shortcuts) {
      groups.add(shortcuts)
      changed()
      return () => {
        groups.delete(shortcuts)
        changed()
      }
    },
    all: () => flat,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
