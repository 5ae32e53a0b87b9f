import { formatCount, formatElapsed } from '#renderer/lib/format.ts'
import { toNanoseconds } from '#shared/logs/nanoseconds.ts'
import type { GapRow, LogRow } from './log-buffer.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** Local time with milliseconds; what is no time stays as it came. */
export function lineTime(timestamp: string): string {
  const at = Date.parse(timestamp)
  return Number.isNaN(at) ? timestamp : clock.format(at)
}

export function gapWords({ from, to, reason }: Pick<GapRow, 'from' | 'to' | 'reason'>): string {
  const [start, end] = [toNanoseconds(from), toNanoseconds(to)]
  if (start === undefined || end === undefined || end < start) return `Gap: ${reason}`
  return `Gap of ${formatElapsed(Number((end - start) / 1_000_000n))}: ${reason}`
}

/** Longest text the clipboard call takes (the contract's limit). */
const LONGEST_COPY = 5_000_000

/** The newest rows that fit, oldest first, one text line each. */
export function rowsAsText(rows: readonly LogRow[]): { text: string; copied: number } {
  const lines: string[] = []
  let length = 0
  for (const row of rows.toReversed()) {
    const line = rowAsText(row)
    length += line.length + 1
    if (length > LONGEST_COPY) break
    lines.push(line)
  }
  return { text: lines.reverse().join('\n'), copied: lines.length }
}

function rowAsText(row: LogRow): string {
  if (row.kind === 'gap') return `--- ${gapWords(row)} ---`
  const { timestamp, level, machineId, region } = row.line
  return [timestamp, level, machineId, region, row.text].filter((part) => part !== '').join(' ')
}

export const newLinesWords = (count: number): string => `${formatCount(count)} new ${count === 1 ? 'line' : 'lines'}`
