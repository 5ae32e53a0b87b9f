export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** What a key asks of a table. `move` counts rows; `page` counts screens; `edge` goes to the first or last row. */
export type TableCommand =
  | { type: 'move'; by: number; mark: boolean }
  | { type: 'page'; by: number; mark: boolean }
  | { type: 'edge'; to: 'first' | 'last'; mark: boolean }
  | { type: 'mark' | 'mark-all' | 'open' | 'close' }

const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }
const PAGES: Readonly<Record<string, number>> = { PageDown: 1, PageUp: -1 }
const EDGES: Readonly<Record<string, 'first' | 'last'>> = { Home: 'first', End: 'last' }

/** Keys are those of the app's keyboard map; undefined = not for the table. */
export function tableCommand(press: KeyPress): TableCommand | undefined {
  const { key, ctrlKey, metaKey, altKey } = press
  if (altKey) return undefined
  if (ctrlKey || metaKey) return key.toLowerCase() === 'a' ? { type: 'mark-all' } : undefined
  return travel(press) ?? act(press)
}

function travel({ key, shiftKey: mark }: KeyPress): TableCommand | undefined {
  const by = MOVES[key.length === 1 ? key.toLowerCase() : key]
  if (by !== undefined) return { type: 'move', by, mark }
  const screens = PAGES[key]
  if (screens !== undefined) return { type: 'page', by: screens, mark }
  const to = EDGES[key]
  return to && { type: 'edge', to, mark }
}

function act({ key }: KeyPress): TableCommand | undefined {
  if (key === ' ') return { type: 'mark' }
  if (key === 'Enter') return { type: 'open' }
  if (key === 'Escape') return { type: 'close' }
  return undefined
}

interface Place {
  /** Index of the current row, -1 = none. */
  from: number
  count: number
  /** Rows that fit on the screen. */
  perPage: number
}

/** Where a travelling command leads; undefined for every other command and for an empty table. */
export function destination(command: TableCommand, { from, count, perPage }: Place): number | undefined {
  if (count === 0) return undefined
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, index))
  switch (command.type) {
    case 'move':
      return from < 0 ? clamp(command.by > 0 ? 0 : count - 1) : clamp(from + command.by)
    case 'page':
      return clamp(Math.max(from, 0) + command.by * Math.max(perPage - 1, 1))
    case 'edge':
      return command.to === 'first' ? 0 : count - 1
    default:
      return undefined
  }
}
