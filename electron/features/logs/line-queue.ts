import type { LogBatch, LogLine } from '#shared/contracts/logs.ts'
import type { LogGap } from './cursor.ts'

/** Lines one batch holds at most. */
export const BATCH_LINES = 500
/** Lines kept for a reader that does not keep up; beyond, the oldest go and a gap says so. */
export const QUEUE_LINES = 20_000

interface Segment {
  gap: LogGap | undefined
  lines: LogLine[]
}

/** What one reader has not had yet: lines in order, with the holes between them where they belong. */
export class LineQueue {
  #segments: Segment[] = []
  #size = 0
  /** Lines dropped out of the first segment's front, counted for its gap. */
  #dropped: { from: string; to: string; count: number } | undefined

  get size(): number {
    return this.#size
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0 && this.#dropped === undefined
  }

  push(lines: readonly LogLine[], gap?: LogGap): void {
    if (lines.length === 0 && !gap) return
    const last = this.#segments.at(-1)
    if (gap || !last) this.#segments.push({ gap, lines: [...lines] })
    else last.lines.push(...lines)
    this.#size += lines.length
    if (this.#size > QUEUE_LINES) this.#dropOldest(this.#size - QUEUE_LINES)
  }

  /** The next batch; a gap is always in front of its lines, so a batch ends where the next gap begins. */
  take(): LogBatch | undefined {
    const dropped = this.#dropped
    const [segment] = this.#segments
    if (dropped) {
      this.#dropped = undefined
      const reason = `This view did not keep up: ${dropped.count.toLocaleString('en')} lines were left out.`
      const lines = segment && !segment.gap ? this.#takeLines(segment) : []
      return { lines, gap: { from: dropped.from, to: dropped.to, reason } }
    }
    if (!segment) return undefined
    const { gap } = segment
    segment.gap = undefined
    const lines = this.#takeLines(segment)
    return gap ? { lines, gap } : { lines }
  }

  #takeLines(segment: Segment): LogLine[] {
    const lines = segment.lines.splice(0, BATCH_LINES)
    this.#size -= lines.length
    if (segment.lines.length === 0) this.#segments.shift()
    return lines
  }

  #dropOldest(count: number): void {
    let left = count
    while (left > 0) {
      const [segment] = this.#segments
      if (!segment) return
      const lines = segment.lines.splice(0, left)
      this.#size -= lines.length
      left -= lines.length
      // A gap among the dropped lines is swallowed by the larger one that replaces it.
      this.#note(segment.gap, lines)
      segment.gap = undefined
      if (segment.lines.length === 0) this.#segments.shift()
    }
  }

  #note(gap: LogGap | undefined, lines: readonly LogLine[]): void {
    const from = this.#dropped?.from ?? gap?.from ?? lines[0]?.timestamp ?? ''
    const to = lines.at(-1)?.timestamp ?? gap?.to ?? from
    this.#dropped = { from, to, count: (this.#dropped?.count ?? 0) + lines.length }
  }
}
