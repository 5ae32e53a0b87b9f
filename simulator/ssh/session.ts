import { constants } from 'node:os'
import { finished } from 'node:stream/promises'
import type { ServerChannel, Session } from 'ssh2'
import { hasContainer } from '../machines/containers.ts'
import type { ShellProcess, Size } from '../shell/process.ts'
import type { Program } from '../shell/shells.ts'
import type { Machine } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { channelOutput } from './channel-output.ts'
import type { EarlyInput } from './early-input.ts'
import { serveFiles } from './sftp.ts'

/** Where a session runs, and the language of its user: nothing else of the client's environment comes along. */
const ACCEPTED = /^(FLY_SSH_CONTAINER|FLY_SSH_MACHINE|LANG|LC_\w+)$/
/** A terminal that does not tell its size. */
const USUAL: Size = { cols: 80, rows: 24 }

/** One session of an SSH connection: a shell, a command or files. */
export function serveSession(
  world: World,
  machine: Machine,
  { session, early }: { session: Session; early: EarlyInput },
): void {
  early.keepFor(session)
  const env: Record<string, string> = {}
  let size: Size | undefined
  let running: ShellProcess | undefined
  let hasEnded = false

  const run = (channel: ServerChannel, program: Program['run']) => {
    const container = env.FLY_SSH_CONTAINER
    if (container !== undefined && !hasContainer(machine, container)) return refuse(channel, container)
    running = world.shells.start(machine, { run: program, size, env })
    early.release(session)
    if (hasEnded) channel.push(null)
    void serve(world, { machine, channel, started: running })
  }

  session.on('eof', () => {
    // The input may end before anything runs (flyctl, without one). ssh2 would hear nothing of the session any more.
    hasEnded = true
    Reflect.set(session, '_ending', false)
  })
  session.on('env', (accept, reject, { key, val }) => {
    if (!ACCEPTED.test(key)) return reject?.()
    env[key] = val
    accept?.()
  })
  session.on('pty', (accept, _reject, { cols, rows, ...terminal }) => {
    size = { cols: cols || USUAL.cols, rows: rows || USUAL.rows }
    const term: unknown = Reflect.get(terminal, 'term')
    env.TERM = typeof term === 'string' && term !== '' ? term : 'xterm'
    accept?.()
  })
  session.on('window-change', (accept, _reject, { cols, rows }) => {
    running?.resize({ cols, rows })
    accept?.()
  })
  session.on('signal', (accept, _reject, { name }) => {
    const signal = signalOf(name)
    if (signal) running?.signal(signal)
    accept?.()
  })
  session.on('shell', (accept) => run(accept(), { kind: 'shell' }))
  session.on('exec', (accept, _reject, { command }) => run(accept(), programOf(command, size !== undefined)))
  session.on('sftp', (accept) => {
    serveFiles(world.shells.disk(machine), accept())
    early.release(session)
  })
}

/** A bare shell under a terminal is one to type into. */
const programOf = (command: string, hasTerminal: boolean): Program['run'] =>
  hasTerminal && /^(\/bin\/)?(ba)?sh$/.test(command) ? { kind: 'shell' } : { kind: 'line', line: command }

interface Served {
  machine: Machine
  channel: ServerChannel
  started: ShellProcess
}

/** Carries a process's input and output; ends when both have ended, or the client goes. */
async function serve({ shells, guests }: World, { machine, channel, started }: Served): Promise<void> {
  const leave = guests.add({ machine: machine.id, way: 'shell', cut: () => channel.close() })
  const { stdout, stderr } = channelOutput(channel)
  channel.once('close', () => {
    // Whoever waits for room on a closed channel waits for ever.
    stdout.destroy()
    stderr.destroy()
    started.stdout.resume()
    started.stderr?.resume()
  })
  channel.pipe(started.stdin)
  started.stdout.pipe(stdout)
  if (started.stderr) started.stderr.pipe(stderr)
  else stderr.end()
  const gone = new Promise<undefined>((resolve) => channel.once('close', () => resolve(undefined)))
  const ended = Promise.all([started.exited, finished(stdout), finished(stderr)]).then(
    ([exit]) => exit,
    // Broken off: `gone` knows it, too.
    () => undefined,
  )
  const exit = await Promise.race([ended, gone])
  if (exit) {
    if (exit.signal) channel.exit(exit.signal.replace('SIG', ''), false, '')
    else channel.exit(exit.code)
    channel.end()
  }
  leave(exit && (exit.signal ?? String(exit.code)))
  await shells.end(started)
}

function refuse(channel: ServerChannel, container: string): void {
  channel.stderr.write(`container not found: ${container}\n`, () => {
    channel.exit(1)
    channel.end()
  })
}

function signalOf(name: string): NodeJS.Signals | undefined {
  const known: Partial<Record<string, number>> = constants.signals
  const [found] = Object.keys(known).filter(
    (signal): signal is NodeJS.Signals => signal === `SIG${name.replace(/^SIG/, '')}`,
  )
  return found
}
