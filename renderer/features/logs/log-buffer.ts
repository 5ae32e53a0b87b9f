import type { LogBatch, LogLine } from '#shared/contracts/logs.ts'
import { plainText } from '#shared/logs/escapes.ts'
import { type LogFilter, passes } from './log-filter.ts'

/** Lines one view holds; the oldest leave, and the view says how many. */
export const MOST_ROWS = 100_000
/** They leave in portions: moving the whole array for every line would cost more than drawing it. */
const PORTION = 5_000

export interface LineRow {
  kind: 'line'
  /** Counts up within the view; never repeats. */
  seq: number
  line: LogLine
  /** The message without colours: what is searched and copied. */
  text: string
}

export interface GapRow {
  kind: 'gap'
  seq: number
  from: string
  to: string
  reason: string
}

export type LogRow = LineRow | GapRow

/** The lines of one view and those of them its filter shows. Changes are told once per turn, however many there are. */
export class LogBuffer {
  shown: LogRow[] = []
  /** Rows that left because newer ones came. */
  dropped = 0
  /** Rows that left `shown` at its front since the view began, so that a paused view can stay where it is. */
  droppedShown = 0
  /** Lines that ever passed the filter: what is new while paused is a difference of this. */
  passed = 0
  readonly counts = { debug: 0, info: 0, warn: 0, error: 0 }
  #rows: LogRow[] = []
  #seq = 0
  #filter: LogFilter
  #known: Set<string> | undefined
  #version = 0
  readonly #listeners = new Set<() => void>()

  constructor(filter: LogFilter) {
    this.#filter = filter
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly version = (): number => this.#version

  get size(): number {
    return this.#rows.length
  }

  append({ lines, gap }: LogBatch): void {
    const fresh = this.#known ? lines.filter(({ id }) => !this.#known?.has(id)) : lines
    const overlaps = fresh.length < lines.length
    if (this.#known && !overlaps && lines.length > 0) this.#addInterruption(lines)
    if (lines.length > 0) this.#known = undefined
    if (gap) this.#add({ kind: 'gap', seq: this.#seq++, ...gap })
    for (const line of fresh) this.#add({ kind: 'line', seq: this.#seq++, line, text: plainText(line.message) })
    this.#trim()
    if (fresh.length > 0 || gap) this.#changed()
  }

  /** The tail is opened again: lines that are here already are not added twice, and a hole is marked. */
  beginAgain(): void {
    if (this.#rows.length === 0) return
    this.#known = new Set(this.#rows.slice(-2_000).flatMap((row) => (row.kind === 'line' ? [row.line.id] : [])))
  }

  filter(filter: LogFilter): void {
    this.#filter = filter
    this.shown = this.#rows.filter((row) => passes(row, filter))
    this.#changed()
  }

  clear(): void {
    this.#rows = []
    this.shown = []
    this.dropped = 0
    Object.assign(this.counts, { debug: 0, info: 0, warn: 0, error: 0 })
    this.#changed()
  }

  #addInterruption(lines: readonly LogLine[]): void {
    const last = this.#rows.findLast((row) => row.kind === 'line')
    const from = last?.kind === 'line' ? last.line.timestamp : ''
    const reason = 'The tail was interrupted here; lines between may be missing.'
    this.#add({ kind: 'gap', seq: this.#seq++, from, to: lines[0]?.timestamp ?? '', reason })
  }

  #add(row: LogRow): void {
    this.#rows.push(row)
    if (row.kind === 'line') this.counts[row.line.level] += 1
    if (!passes(row, this.#filter)) return
    this.shown.push(row)
    this.passed += 1
  }

  #trim(): void {
    if (this.#rows.length <= MOST_ROWS) return
    const gone = this.#rows.splice(0, this.#rows.length - MOST_ROWS + PORTION)
    this.dropped += gone.length
    for (const row of gone) if (row.kind === 'line') this.counts[row.line.level] -= 1
    const first = this.#rows[0]?.seq ?? this.#seq
    const kept = this.shown.findIndex(({ seq }) => seq >= first)
    this.droppedShown += this.shown.splice(0, kept < 0 ? this.shown.length : kept).length
  }

  #changed(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
