import { constants } from 'node:os'
import { execa } from 'execa'
import { createLineSplitter } from './output-lines.ts'

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

const running = new Set<() => void>()
// The last resort for every way out that still runs code: no child outlives the app.
process.on('exit', () => {
  for (const end of running) end()
})

/** Runs a program in a process group of its own until it and its output have ended. Rejects only if it cannot start. */
export async function runProcess({ file, args, env, cwd, signal, graceMs, onLine }: RunProcess): Promise<number> {
  signal.throwIfAborted()
  const child = execa(file, args, {
    ...{ env, extendEnv: false, ...(cwd !== undefined && { cwd }) },
    ...{ cancelSignal: signal, killSignal: 'SIGINT', forceKillAfterDelay: graceMs, killDescendants: true },
    ...{ stdin: 'ignore', buffer: false, reject: false },
    // Its cleanup takes SIGTERM for itself, which Electron turns into an orderly quit; and it only interrupts.
    cleanup: false,
  })
  const endGroup = () => void child.kill('SIGKILL')
  let linger: NodeJS.Timeout | undefined
  for (const stream of ['stdout', 'stderr'] as const) {
    // Not `lines` of execa: it waits for `\n` through any progress bar and any length.
    const splitter = createLineSplitter((text) => onLine({ stream, text }))
    child[stream].setEncoding('utf8').on('data', splitter.write).on('end', splitter.end)
  }
  child.nodeChildProcess.once('exit', () => {
    // What it left behind in its group would hold the output open, and outlive the app.
    endGroup()
    linger = setTimeout(() => [child.stdout, child.stderr].map((output) => output.destroy()), LINGER_MS)
  })
  running.add(endGroup)
  try {
    const result = await child
    if (result.exitCode !== undefined) return result.exitCode
    if (result.signal !== undefined) return 128 + constants.signals[result.signal]
    throw result
  } finally {
    clearTimeout(linger)
    running.delete(endGroup)
  }
}
