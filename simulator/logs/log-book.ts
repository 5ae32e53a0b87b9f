import type { LogLine } from '../world/types.ts'
import type { Entry } from './entry.ts'

/** Lines that did happen once (starts, exits, pushed by a test), per app, oldest first. */
export interface LogBook {
  add(app: string, line: LogLine): void
  /** Those of `from` ≤ at < `to`, nanoseconds. */
  between(app: string, from: bigint, to: bigint): readonly Entry[]
}

/** What is kept per app: beyond it the oldest go. The steady chatter of programs is generated, never kept. */
const KEPT = 100_000
/** So many more may pile up before the oldest are cut off: one cut for many lines. */
const SLACK = 10_000

/** Where the first line at or behind a moment stands, by bisection. */
function place(book: readonly Entry[], at: bigint): number {
  let low = 0
  let high = book.length
  while (low < high) {
    const middle = (low + high) >> 1
    const entry = book[middle]
    if (entry && entry.at < at) low = middle + 1
    else high = middle
  }
  return low
}

export function createLogBook(): LogBook {
  const books = new Map<string, Entry[]>()
  return {
    between(app, from, to) {
      const book = books.get(app) ?? []
      return book.slice(place(book, from), place(book, to))
    },
    add(app, line) {
      const book = books.get(app) ?? []
      books.set(app, book)
      // No two lines of the book share a nanosecond, and none comes behind an older one: cursors stay exact.
      const newest = book.at(-1)?.at ?? 0n
      const at = line.at > newest ? line.at : newest + 1n
      book.push({ ...line, at, id: `${at}-${line.instance}-event` })
      if (book.length > KEPT + SLACK) book.splice(0, book.length - KEPT)
    },
  }
}
