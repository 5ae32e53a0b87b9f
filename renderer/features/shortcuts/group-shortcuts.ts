import type { Scope, Shortcut } from '#renderer/lib/shortcuts.ts'

const TITLES: readonly (readonly [Scope, string])[] = [
  ['anywhere', 'Anywhere'],
  ['page', 'This page'],
  ['table', 'Tables'],
  ['logs', 'Logs'],
  ['terminal', 'Terminal'],
  ['dialog', 'Dialogs'],
]

interface Group {
  title: string
  entries: { label: string; keys: string[] }[]
}

/** Groups by where they work; several keys for one thing stand on one line. */
export function groupShortcuts(shortcuts: readonly Pick<Shortcut, 'keys' | 'label' | 'scope'>[]): Group[] {
  return TITLES.map(([scope, title]) => {
    const byLabel = new Map<string, string[]>()
    for (const shortcut of shortcuts.filter((each) => each.scope === scope)) {
      const keys = byLabel.get(shortcut.label) ?? []
      if (!keys.includes(shortcut.keys)) byLabel.set(shortcut.label, [...keys, shortcut.keys])
    }
    return { title, entries: [...byLabel].map(([label, keys]) => ({ label, keys })) }
  }).filter(({ entries }) => entries.length > 0)
}
