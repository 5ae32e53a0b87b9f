import type { LogLevel } from '../contracts/logs.ts'

const LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  debug: 'debug',
  notice: 'info',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  err: 'error',
  error: 'error',
  fatal: 'error',
  crit: 'error',
  critical: 'error',
  alert: 'error',
  emerg: 'error',
  panic: 'error',
}

/** Programs name their levels as they like; unknown words are plain information. */
export const normalLevel = (level: string): LogLevel => LEVELS[level.trim().toLowerCase()] ?? 'info'
