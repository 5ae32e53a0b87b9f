import { createApi } from './api.ts'
import { checkArguments, usageOf } from './command.ts'
import { type Call, findCommand } from './commands.ts'
import { type Context, createPause, readPace } from './context.ts'
import { openDebugLog } from './debug-log.ts'
import { withEnvironment } from './environment.ts'
import { FlyctlError, INTERRUPTED, UsageError } from './failure.ts'
import { readFlags } from './flags.ts'
import { goJson } from './go/json.ts'
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
  let call: Call | undefined
  try {
    call = await findCommand(args, stdout)
    const context = call && contextFor(call)
    if (!call || !context) return 0
    const exitCode = await call.command.run(context)
    return typeof exitCode === 'number' ? exitCode : 0
  } catch (error) {
    return failed(error, call)
  }
}

function failed(error: unknown, call: Call | undefined): number {
  if (stop.signal.aborted) return INTERRUPTED
  if (!(error instanceof FlyctlError)) throw error
  if (error instanceof UsageError && call) showUsage(call)
  stderr(sentence(error))
  return error.exitCode
}

function showUsage({ name, command }: Call): void {
  for (const line of usageOf(name, command)) stdout(line)
}

function sentence({ message, requestId, details }: FlyctlError): string {
  const asked = requestId === undefined ? '' : ` (Request ID: ${requestId})`
  return [`Error: ${message}${asked}`, ...details].join('\n\n')
}

/** undefined = help was wanted, and given. */
function contextFor(call: Call): Context | undefined {
  const { env } = process
  const { name, command, rest } = call
  const flags = withEnvironment(readFlags(rest, command.flags), { env, table: command.flags })
  if (flags.on('help')) {
    showUsage(call)
    return undefined
  }
  checkArguments(name, command, flags.rest)
  const token = readToken(env, flags.text('access-token'))
  if (!command.anonymous && token === undefined)
    throw new FlyctlError(`no access token available. Please login with 'flyctl auth login'`)
  const pace = readPace(env.SIMULATOR_PACE)
  const log = openDebugLog(configDir(env))
  const apiFor = (signal: AbortSignal) =>
    createApi({
      flaps: env.FLY_FLAPS_BASE_URL ?? 'https://api.machines.dev',
      rest: env.FLY_API_BASE_URL ?? 'https://api.fly.io',
      uiex: env.FLY_UIEX_BASE_URL ?? 'https://api.fly.io',
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
    warn: (line) => {
      if (env.LOG_LEVEL?.toLowerCase() !== 'error') stdout(`\u001b[33mWARN\u001b[0m ${line}`)
    },
    json: (value) => stdout(goJson(value)),
    api: apiFor(stop.signal),
    apiFor,
    pause: createPause(pace, stop.signal),
    pace,
  }
}
