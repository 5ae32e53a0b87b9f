import type { LogLine } from '../world/types.ts'

/** Lines that did happen once (starts, exits, pushed by a test), per app, oldest first. */
export interface LogBook {
  add(app: string, line: LogLine): void
  lines(app: string): readonly LogLine[]
}

/** What is kept per app: beyond it the oldest go. The steady chatter of programs is generated, never kept. */
const KEPT = 20_000

export function createLogBook(): LogBook {
  const books = new Map<string, LogLine[]>()
  return {
    lines: (app) => books.get(app) ?? [],
    add(app, line) {
      const book = books.get(app) ?? []
      books.set(app, book)
      // No two lines of an app share a nanosecond, and none comes behind an older one: cursors stay exact.
      const newest = book.at(-1)?.at ?? 0n
      book.push(line.at > newest ? line : { ...line, at: newest + 1n })
      if (book.length > KEPT) book.splice(0, book.length - KEPT)
    },
  }
}
