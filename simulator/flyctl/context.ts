import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './api.ts'
import type { Flags } from './flags.ts'

/** What every command works with. */
export interface Context {
  flags: Flags
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  /** Aborts on SIGINT and SIGTERM. */
  signal: AbortSignal
  stdout: (line: string) => void
  stderr: (line: string) => void
  /** On stdout and in colour, wherever that leads; `LOG_LEVEL=error` silences it. */
  warn: (line: string) => void
  /** Four-space JSON on stdout, as flyctl prints it. */
  json: (value: unknown) => void
  api: Api
  /** The same, ended by another signal: for what is still to be said after an interruption. */
  apiFor: (signal: AbortSignal) => Api
  /** Waits as long as the real thing takes, times SIMULATOR_PACE; 0 = not at all. */
  pause: (ms: number) => Promise<void>
  pace: number
}

export function createPause(pace: number, signal: AbortSignal): (ms: number) => Promise<void> {
  return async (ms) => {
    signal.throwIfAborted()
    if (pace > 0) await sleep(ms * pace, undefined, { signal })
  }
}

/** Shortest patience in real milliseconds: who makes no pauses still waits for the world to move. */
const LEAST_MS = 1_500

/** When something that may take so long is given up: milliseconds since 1970. */
export const deadline = ({ pace }: Pick<Context, 'pace'>, ms: number): number =>
  Date.now() + Math.max(ms * pace, LEAST_MS)

export const readPace = (value: string | undefined): number => {
  const pace = Number(value ?? 1)
  return Number.isFinite(pace) && pace >= 0 ? pace : 1
}
