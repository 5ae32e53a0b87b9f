import type { LogEntry } from '#electron/fly/logs.ts'
import type { LogLine } from '#shared/contracts/logs.ts'
import { keepColours } from '#shared/logs/escapes.ts'
import { normalLevel } from '#shared/logs/level.ts'

/** A line as the page may show it: its level one of four, its text without anything but colours. */
export const toLine = ({ message, level, ...entry }: LogEntry): LogLine => ({
  ...entry,
  level: normalLevel(level),
  message: keepColours(message).trimEnd(),
})
