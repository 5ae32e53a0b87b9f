import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { send } from './process-session.ts'

export interface Size {
  cols: number
  rows: number
}

export interface ProcessOptions {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
}

export interface Exit {
  /** 128 + its number when a signal ended the process, as a shell counts. */
  code: number
  /** `SIGTERM`, …; absent when it ended by itself. */
  signal?: NodeJS.Signals | undefined
}

/** A real process of this computer that stands for one on a machine. It leads a session and its first group. */
export interface ShellProcess {
  pid: number
  /** Takes as much as the process reads. */
  stdin: Writable
  /** Reading slowly slows the process. */
  stdout: Readable
  /** Undefined under a pty, where everything comes as `stdout`. */
  stderr: Readable | undefined
  resize(size: Size): void
  /** To its process group. */
  signal(name: NodeJS.Signals): void
  exited: Promise<Exit>
}

/** A program that is not there: what a shell makes of it. */
export const NOT_FOUND = 127

/** Starts a program with pipes. */
export function startPiped({ file, args, cwd, env }: ProcessOptions): ShellProcess {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: 'pipe' })
  // Whoever still writes when the process has ended finds out by its exit.
  child.stdin.on('error', () => {})
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? signalled(signal) : { code: code ?? 0 }))
    child.once('error', () => resolve({ code: NOT_FOUND }))
  })
  const pid = child.pid ?? 0
  return {
    pid,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    resize() {},
    signal: (name) => void (pid > 0 && send(-pid, name)),
    exited,
  }
}

export const signalled = (signal: NodeJS.Signals): Exit => ({ code: 128 + constants.signals[signal], signal })
