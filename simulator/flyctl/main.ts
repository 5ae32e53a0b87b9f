import { createApi } from './api.ts'
import { COMMANDS, type Command } from './commands.ts'
import { type Context, createPause, readPace } from './context.ts'
import { openDebugLog } from './debug-log.ts'
import { FlyctlError, INTERRUPTED } from './failure.ts'
import { readFlags } from './flags.ts'
import { configDir, readToken } from './token.ts'

const stop = new AbortController()
// The handlers stay: like the real one, a second signal does not end it. Only SIGKILL does.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort())
// A reader that goes away (a closed pipe, a closed terminal) is an interruption, not a crash.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stop.abort())

const stdout = (line: string): void => void process.stdout.write(`${line}\n`)
const stderr = (line: string): void => void process.stderr.write(`${line}\n`)

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  try {
    const { command, rest } = find(args)
    const exitCode = await command.run(contextFor(command, rest))
    return typeof exitCode === 'number' ? exitCode : 0
  } catch (error) {
    if (stop.signal.aborted) return INTERRUPTED
    if (!(error instanceof FlyctlError)) throw error
    stderr([`Error: ${error.message}`, ...error.details].join('\n\n'))
    return error.exitCode
  }
}

function find(args: readonly string[]): { command: Command; rest: readonly string[] } {
  const two = COMMANDS[`${args[0]} ${args[1]}`]
  if (two) return { command: two, rest: args.slice(2) }
  const one = COMMANDS[args[0] ?? '']
  if (one) return { command: one, rest: args.slice(1) }
  throw new FlyctlError(`unknown command "${args[0] ?? ''}" for "flyctl"`, {
    details: [`Run 'flyctl --help' for usage.`],
  })
}

function contextFor(command: Command, rest: readonly string[]): Context {
  const { env } = process
  const flags = readFlags(rest, command.flags)
  const token = readToken(env, flags.text('access-token'))
  if (command.needsToken && token === undefined)
    throw new FlyctlError(`no access token available. Please login with 'flyctl auth login'`)
  const pace = readPace(env.SIMULATOR_PACE)
  const log = openDebugLog(configDir(env))
  const apiFor = (signal: AbortSignal) =>
    createApi({
      flaps: env.FLY_FLAPS_BASE_URL ?? 'https://api.machines.dev',
      rest: env.FLY_API_BASE_URL ?? 'https://api.fly.io',
      token: token ?? '',
      signal,
      log,
    })
  return {
    flags,
    env,
    cwd: process.cwd(),
    signal: stop.signal,
    stdout,
    stderr,
    json: (value) => stdout(JSON.stringify(value, null, 4)),
    api: apiFor(stop.signal),
    apiFor,
    pause: createPause(pace, stop.signal),
    pace,
  }
}
