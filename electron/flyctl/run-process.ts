import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLineSplitter } from './output-lines.ts'
import { signalGroup } from './process-group.ts'

export interface OutputLine {
  stream: 'stdout' | 'stderr'
  /** Without colours and line end. */
  text: string
}

interface RunProcess {
  file: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  cwd?: string | undefined
  /** Aborting sends SIGINT to the group, then SIGKILL after `graceMs`. The promise still resolves, with the exit code. */
  signal: AbortSignal
  graceMs: number
  onLine: (line: OutputLine) => void
}

/** After the process itself has ended: how long a helper it left behind may hold its output open. */
const LINGER_MS = 2_000

const running = new Set<number>()
// The last resort for every way out that still runs code: no child outlives the app.
process.on('exit', () => {
  for (const pid of running) signalGroup(pid, 'SIGKILL')
})

/** Runs a program in a process group of its own until it and its output have ended. Rejects only if it cannot start. */
export async function runProcess({ file, args, env, cwd, signal, graceMs, onLine }: RunProcess): Promise<number> {
  signal.throwIfAborted()
  const child = spawn(file, args, {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  // Listened for before anything is awaited: both can come at once.
  const closed = once(child, 'close')
  closed.catch(() => {}) // reported by `started`, which fails on the same event
  const exited = new Promise<number>((resolve) =>
    child.once('exit', (code, name) => resolve(code ?? (name ? 128 + constants.signals[name] : 1))),
  )
  await once(child, 'spawn')
  const { pid } = child
  if (pid === undefined) throw new Error('A started process has no id.')
  running.add(pid)
  readLines(child, onLine)
  const stopWatching = endOnAbort({ pid, signal, graceMs })
  try {
    const exitCode = await exited
    // What it left behind in its group would hold the output open, and outlive the app.
    signalGroup(pid, 'SIGKILL')
    const linger = new AbortController()
    await Promise.race([closed, sleep(LINGER_MS, undefined, linger).catch(() => {})])
    linger.abort()
    return exitCode
  } finally {
    stopWatching()
    running.delete(pid)
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
}

function readLines(child: ChildProcess, onLine: (line: OutputLine) => void): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const splitter = createLineSplitter((text) => onLine({ stream, text }))
    child[stream]?.setEncoding('utf8').on('data', splitter.write).on('end', splitter.end)
  }
}

function endOnAbort({ pid, signal, graceMs }: { pid: number; signal: AbortSignal; graceMs: number }): () => void {
  let timer: NodeJS.Timeout | undefined
  const interrupt = () => {
    signalGroup(pid, 'SIGINT')
    timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs)
  }
  if (signal.aborted) interrupt()
  else signal.addEventListener('abort', interrupt, { once: true })
  return () => {
    signal.removeEventListener('abort', interrupt)
    clearTimeout(timer)
  }
}
