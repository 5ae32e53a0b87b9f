import type { Readable } from 'node:stream'
import { z } from 'zod'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { type Answer, type Call, ok } from '../http/route.ts'
import { type Exit, NOT_FOUND, type ShellProcess } from '../shell/process.ts'
import { signalSession } from '../shell/process-session.ts'
import { splitWords } from '../shell/split-words.ts'
import type { Machine } from '../world/types.ts'
import { hasContainer } from './containers.ts'
import { machineForCommand, startedOnly } from './find-machine.ts'

/** Seen with the real one: about half a minute without a timeout, and never more than the proxy's minute. */
const DEFAULT_SECONDS = 30
const LONGEST_SECONDS = 60
/** Fly has some limit that it does not tell; what is beyond this one is thrown away. */
const OUTPUT_BYTES = 1024 * 1024

const Exec = z
  .looseObject({
    command: z.array(z.string()).default([]),
    cmd: z.string().default(''),
    stdin: z.string().default(''),
    timeout: z.int().nonnegative().default(0),
    container: z.string().default(''),
    machine: z.boolean().default(false),
  })
  .transform(({ command, cmd, ...rest }) => ({ ...rest, words: command.length > 0 ? command : splitWords(cmd) }))

/** Runs one command on a machine; everything it has said comes when it has ended. */
export async function exec(call: Call): Promise<Answer> {
  const machine = startedOnly(machineForCommand(call))
  const { words, stdin, timeout, container, machine: outside } = parse(Exec, withoutNulls(call.body))
  if (words.length === 0) throw badRequest('invalid request: command: command is missing')
  if (container !== '' && outside) throw badRequest('invalid request: container and machine are mutually exclusive')
  if (container !== '' && !hasContainer(machine, container))
    throw new FlyError(404, `container not found: ${container}`)

  const started = call.world.shells.start(machine, { run: { kind: 'words', words } })
  started.stdin.end(stdin)
  const { exit, stdout, stderr } = await patiently(call, { machine, started, seconds: timeout || DEFAULT_SECONDS })
  const missing = exit.code === NOT_FOUND && started.pid === 0
  return ok({
    exit_code: exit.code,
    exit_signal: exit.signal ? exit.code - 128 : -1,
    stdout,
    stderr: missing ? `${words[0]}: No such file or directory\n` : stderr,
  })
}

interface Outcome {
  exit: Exit
  stdout: string
  stderr: string
}

interface Waiting {
  machine: Machine
  started: ShellProcess
  seconds: number
}

/** Waits for the end of a command; kills it when the time is up, or nobody is left to wait for it. */
async function patiently({ world, signal }: Call, { machine, started, seconds }: Waiting): Promise<Outcome> {
  const gone = new AbortController()
  const leave = world.guests.add({ machine: machine.id, way: 'exec', cut: () => gone.abort() })
  const patience = {
    deadline: world.clock.now() + Math.min(seconds, LONGEST_SECONDS) * 1000,
    signal: AbortSignal.any([signal, gone.signal]),
  }
  try {
    const ended = await Promise.race([outcome(started), world.schedule.until(() => false, patience)])
    if (typeof ended === 'object') {
      leave(ended.exit.signal ?? String(ended.exit.code))
      return ended
    }
    if (gone.signal.aborted) throw new FlyError(503, 'unavailable: the machine went away')
    throw new FlyError(408, 'deadline_exceeded: the command did not end in time')
  } catch (error) {
    signalSession(started.pid, 'SIGKILL')
    throw error
  } finally {
    leave('killed')
    gone.abort()
  }
}

async function outcome({ exited, stdout, stderr }: ShellProcess): Promise<Outcome> {
  const [exit, said, complained] = await Promise.all([exited, textOf(stdout), textOf(stderr)])
  return { exit, stdout: said, stderr: complained }
}

async function textOf(stream: Readable | undefined): Promise<string> {
  const kept: Buffer[] = []
  let length = 0
  for await (const chunk of stream ?? []) {
    const bytes = Buffer.from(chunk).subarray(0, OUTPUT_BYTES - length)
    length += bytes.length
    kept.push(bytes)
  }
  return Buffer.concat(kept).toString()
}
