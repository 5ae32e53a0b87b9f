import { closeSync, constants as files, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants } from 'node:os'
import { Readable, Writable } from 'node:stream'
import { type IPty, spawn } from '@lydell/node-pty'
import { type Exit, type ProcessOptions, type ShellProcess, type Size, signalled } from './process.ts'
import { send } from './process-session.ts'

/** What may wait for a slow reader before the pty is paused: enough for what a program says as it ends. */
const WAITING_BYTES = 256 * 1024
/** What Ctrl-D sends. */
const END_OF_INPUT = '\x04'

/** Starts a program under a pty of its own. */
export function startPty({ file, args, cwd, env, size }: ProcessOptions & { size: Size }): ShellProcess {
  const pty = spawn(file, args, { cwd, env, name: env.TERM ?? 'xterm', encoding: null, ...size })
  const release = holdOpen(pty)
  const stdout = new Readable({ highWaterMark: WAITING_BYTES, read: () => pty.resume() })
  pty.onData((bytes: string | Uint8Array) => {
    if (!stdout.push(bytes)) pty.pause()
  })
  let ended = false
  const exited = new Promise<Exit>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      ended = true
      release()
      stdout.push(null)
      const name = nameOf(signal)
      resolve(name ? signalled(name) : { code: exitCode })
    })
  })
  return {
    pid: pty.pid,
    stdin: inputOf(pty),
    stdout,
    stderr: undefined,
    resize({ cols, rows }) {
      if (!ended && cols > 0 && rows > 0) pty.resize(cols, rows)
    },
    signal: (name) => void send(-pty.pid, name),
    exited,
  }
}

/** node-pty does not say when a program has taken its input; the socket below it does. */
function inputOf(pty: IPty): Writable {
  const socket: unknown = Reflect.get(pty, '_socket')
  if (!(socket instanceof Socket)) throw new Error('node-pty keeps its socket elsewhere now.')
  let speaks = false
  let isOver = false
  const first = pty.onData(() => {
    first.dispose()
    speaks = true
    // A shell forgets what was typed before its prompt: it is told again.
    if (isOver) socket.write(END_OF_INPUT)
  })
  return new Writable({
    write: (bytes: Buffer, _encoding, done) => void socket.write(bytes, () => done()),
    final(done) {
      isOver = !speaks
      socket.write(END_OF_INPUT, () => done())
    },
  })
}

/**
 * Keeps the far end of the pty open until the exit has been reported. Without it libuv takes the hang-up of the last
 * process for the end of the stream after one short read, and what a program wrote just before it ended is lost.
 */
function holdOpen(pty: IPty): () => void {
  const name: unknown = Reflect.get(pty, 'ptsName')
  if (typeof name !== 'string') return () => {}
  try {
    const descriptor = openSync(name, files.O_RDWR | files.O_NOCTTY)
    return () => closeSync(descriptor)
  } catch {
    // The program has ended already: there is nothing to hold.
    return () => {}
  }
}

const nameOf = (signal: number | undefined): NodeJS.Signals | undefined =>
  SIGNALS.find((name) => constants.signals[name] === signal)

const SIGNALS = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGABRT',
  'SIGKILL',
  'SIGSEGV',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
] as const
