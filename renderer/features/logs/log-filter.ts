import type { LogLevel } from '#shared/contracts/logs.ts'
import type { LogRow } from './log-buffer.ts'

export interface LogFilter {
  /** Plain text, upper and lower case alike; empty = everything. */
  text: string
  /** Levels that are not shown. */
  hidden: ReadonlySet<LogLevel>
}

export const NO_FILTER: LogFilter = { text: '', hidden: new Set() }

export const isFiltering = ({ text, hidden }: LogFilter): boolean => text !== '' || hidden.size > 0

/** Gaps always pass: a hole in what is filtered is a hole all the same. */
export function passes(row: LogRow, { text, hidden }: LogFilter): boolean {
  if (row.kind === 'gap') return true
  const { line } = row
  if (hidden.has(line.level)) return false
  if (text === '') return true
  const wanted = text.toLowerCase()
  return [row.text, line.machineId, line.region, line.provider].some((part) => part.toLowerCase().includes(wanted))
}

/** Where `wanted` stands in `text`, as start and end, without overlaps. */
export function findHits(text: string, wanted: string): { start: number; end: number }[] {
  const needle = wanted.toLowerCase()
  const hay = text.toLowerCase()
  // Lower-casing some letters changes the length: no mark is better than one in the wrong place.
  if (needle === '' || hay.length !== text.length) return []
  const hits: { start: number; end: number }[] = []
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    hits.push({ start: at, end: at + needle.length })
  }
  return hits
}
