import { closeSync, constants, openSync } from 'node:fs'
import { type IPty, spawn } from '@lydell/node-pty'
import { z } from 'zod'
import type { TerminalSize } from '#shared/contracts/terminal.ts'

/** What a hung-up process group may take to end before it is killed. */
const GRACE_MS = 2000

export interface PtyCommand {
  file: string
  args: string[]
  env: Record<string, string>
  size: TerminalSize
  onData: (bytes: Uint8Array) => void
  onExit: (exit: { exitCode: number; signal: number }) => void
}

export interface PtyProcess {
  write(text: string): void
  resize(size: TerminalSize): void
  pause(): void
  resume(): void
  kill(): void
}

/** Starts a program under a pty of its own and reports its bytes as they are. Calls `onExit` once, after the last byte. */
export function spawnPty({ file, args, env, size, onData, onExit }: PtyCommand): PtyProcess {
  const pty = spawn(file, args, {
    name: 'xterm-256color',
    encoding: null,
    env: { ...env, TERM: 'xterm-256color', COLORTERM: 'truecolor' },
    ...size,
  })
  const release = holdOpen(pty)
  let ended = false
  pty.onData((data: unknown) => onData(toBytes(data)))
  pty.onExit(({ exitCode, signal = 0 }) => {
    ended = true
    release()
    onExit({ exitCode, signal })
  })
  return {
    write: (text) => pty.write(text),
    resize: ({ cols, rows }) => pty.resize(cols, rows),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    kill: () => {
      if (ended) return
      signalGroup(pty, 'SIGHUP')
      setTimeout(() => {
        if (!ended) signalGroup(pty, 'SIGKILL')
      }, GRACE_MS).unref()
    },
  }
}

const Unix = z.object({ ptsName: z.string().startsWith('/') })

/**
 * Keeps the far end of the pty open until the exit has been reported. Without it libuv takes the hang-up of the last
 * process for the end of the stream after one short read, and what a program wrote just before it ended is lost.
 */
function holdOpen(pty: IPty): () => void {
  const unix = Unix.safeParse(pty)
  if (!unix.success) return () => {}
  try {
    const descriptor = openSync(unix.data.ptsName, constants.O_RDWR | constants.O_NOCTTY)
    return () => closeSync(descriptor)
  } catch {
    // The program has ended already: there is nothing to hold.
    return () => {}
  }
}

/** The child leads a session, so its pid names its process group. Windows has no groups: there the pty itself is ended. */
function signalGroup(pty: IPty, signal: 'SIGHUP' | 'SIGKILL'): void {
  try {
    if (process.platform === 'win32') pty.kill()
    else process.kill(-pty.pid, signal)
  } catch {
    // It ended in the meantime.
  }
}

function toBytes(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data
  return new TextEncoder().encode(String(data))
}
