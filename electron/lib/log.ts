import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { inspect } from 'node:util'
import { redact } from '#shared/redact.ts'

type Level = 'debug' | 'info' | 'warn' | 'error'
/** `details` may be anything, errors with their causes included. */
type Write = (message: string, details?: unknown) => void
export type Log = Readonly<Record<Level, Write>>

interface LogOptions {
  file: string
  /** Size at which the file is set aside as `<file>.1` and a new one begun. */
  maxBytes?: number
  /** How many old files stay. */
  keep?: number
  now?: () => Date
}

/** With the old ones about a day of polling, and still small enough to send to somebody. */
const MAX_BYTES = 5_000_000
const KEEP = 3

/**
 * A log file of this run and the runs before it. Each line is written at once, so the last one before a crash is there.
 * Tokens are taken out on the way, whoever let them in. A disk that is full or read-only never stops the app.
 */
export function createLog({ file, maxBytes = MAX_BYTES, keep = KEEP, now = () => new Date() }: LogOptions): Log {
  mkdirSync(dirname(file), { recursive: true })
  let size = existsSync(file) ? statSync(file).size : 0

  function write(level: Level, message: string, details: unknown): void {
    const more = details === undefined ? '' : ` ${inspect(details, { depth: 6, breakLength: 160 })}`
    const line = `${now().toISOString()} ${level} ${redact(message + more)}\n`
    try {
      if (size + line.length > maxBytes && size > 0) {
        rotate(file, keep)
        size = 0
      }
      appendFileSync(file, line, { mode: 0o600 })
      size += Buffer.byteLength(line)
    } catch {
      // There is nowhere left to say it.
    }
  }

  return {
    debug: (message, details) => write('debug', message, details),
    info: (message, details) => write('info', message, details),
    warn: (message, details) => write('warn', message, details),
    error: (message, details) => write('error', message, details),
  }
}

/** Moves `log.2` to `log.3`, `log.1` to `log.2`, `log` to `log.1`. */
function rotate(file: string, keep: number): void {
  for (let age = keep; age > 0; age -= 1) {
    const younger = age === 1 ? file : `${file}.${age - 1}`
    if (existsSync(younger)) renameSync(younger, `${file}.${age}`)
  }
}
