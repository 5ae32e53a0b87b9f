type Cell = string | number | boolean | undefined

interface Table {
  title?: string
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
  /** Columns whose cells stand to the right. */
  right?: readonly string[]
}

const shown = (cell: Cell): string => (cell === undefined ? '' : String(cell))

/** A table as flyctl draws it: a title, columns set apart by lines, and an empty line after it. */
export function table({ title, columns, rows, right = [] }: Table): string[] {
  const heads = columns.map((column) => column.toUpperCase())
  const lines = [heads, ...rows.map((row) => row.map(shown))]
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const set = (cell: string, { column, head }: { column: number; head: boolean }) => {
    const width = widths[column] ?? 0
    return right.includes(columns[column] ?? '') && !head ? cell.padStart(width) : cell.padEnd(width)
  }
  const drawn = lines.map(
    (line, index) =>
      ` ${widths.map((_, column) => set(line[column] ?? '', { column, head: index === 0 })).join(' │ ')} `,
  )
  return [...(title === undefined ? [] : [title]), ...drawn, '']
}

/** One thing's members below each other. */
export function facts(title: string, members: Readonly<Record<string, Cell>>): string[] {
  const entries = Object.entries(members).map(([name, value]) => [name, shown(value)] as const)
  const name = Math.max(...entries.map(([key]) => key.length))
  const value = Math.max(...entries.map(([, text]) => text.length))
  return [title, ...entries.map(([key, text]) => ` ${key.padEnd(name)} │ ${text.padEnd(value)} `), '']
}

/** `Name: value` with the names set to the right. */
export const rightAligned = (members: readonly (readonly [string, Cell])[], width: number): string[] =>
  members.map(([name, value]) => `${name.padStart(width)}: ${shown(value)}`)

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')

/** `Nov 25 2026 01:30`, in UTC. */
export function day(iso: string): string {
  const at = new Date(iso)
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()} ${String(at.getUTCFullYear()).padStart(4, '0')} ${time}`
}

/** `26 Nov 26 04:55 UTC`. */
export function shortDay(iso: string): string {
  const at = new Date(iso)
  const year = two(at.getUTCFullYear() % 100)
  return `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${year} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC`
}

const STEPS = [
  [60, 'second'],
  [60, 'minute'],
  [24, 'hour'],
  [7, 'day'],
  // A month has thirty days.
  [30 / 7, 'week'],
  [12, 'month'],
  [Number.POSITIVE_INFINITY, 'year'],
] as const

/** `2 weeks ago`, `now`. */
export function ago(iso: string, now = Date.now()): string {
  let amount = Math.max(0, (now - Date.parse(iso)) / 1000)
  if (amount < 1) return 'now'
  for (const [size, name] of STEPS) {
    if (amount < size) return `${Math.floor(amount)} ${name}${Math.floor(amount) === 1 ? '' : 's'} ago`
    amount /= size
  }
  return ''
}

/** `10 MiB`, `7.0 GiB`. */
export function bytes(amount: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const step = amount === 0 ? 0 : Math.min(Math.floor(Math.log2(amount) / 10), units.length - 1)
  const value = amount / 1024 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`
}
