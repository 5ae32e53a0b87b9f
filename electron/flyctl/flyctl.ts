import { mkdir } from 'node:fs/promises'
import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { FlyEndpoints } from '#electron/fly/client.ts'
import type { Session } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { redact } from '#shared/redact.ts'
import { ownConfigDir, stopAgent, wipeDebugLogs } from './config-dir.ts'
import { flyctlEnvironment, inheritedEnvironment, ownLoginEnvironment } from './flyctl-environment.ts'
import { explainFlyctlFailure } from './flyctl-failure.ts'
import { isOlderFlyctl, MINIMUM_FLYCTL, parseFlyctlVersion } from './flyctl-version.ts'
import { type OutputLine, runProcess } from './run-process.ts'

export interface FlyctlRun {
  account: ActiveAccount
  args: readonly string[]
  cwd?: string | undefined
  /** Aborting sends SIGINT, then SIGKILL after 10 s. The run still resolves with its exit code. */
  signal: AbortSignal
  onLine: (line: OutputLine) => void
}

export interface FlyctlCommand {
  file: string
  args: string[]
  env: Record<string, string>
}

export interface Flyctl {
  /** What is on this computer, or what the Fly.io of `endpoints` brings with it. */
  status(signal: AbortSignal, endpoints?: FlyEndpoints): Promise<Session['flyctl']>
  /** Runs flyctl for an account. Throws only when it cannot be started; how it ended is its exit code. */
  run(run: FlyctlRun): Promise<{ exitCode: number }>
  /** For a pty: what to start, with which environment. Its debug log is wiped by the next run and by `close`. */
  command(account: ActiveAccount, args: readonly string[]): Promise<FlyctlCommand>
  /** The token of the person's own `flyctl auth login`. */
  readLogin(signal: AbortSignal): Promise<string>
  /** Interrupts what runs and waits for its end, ends helpers flyctl left behind, wipes its logs. Call when the app quits. */
  close(): Promise<void>
}

interface FlyctlOptions {
  /** Path of flyctl; undefined when there is none. */
  locate: (endpoints?: FlyEndpoints) => Promise<string | undefined>
  /** Private to Hangar; keep it short: flyctl's agent puts a unix socket into it, whose path may have 107 bytes. */
  configDir: string
  /** Environment the settings add: proxy and certificates. */
  network?: () => Readonly<Record<string, string>>
  environment?: NodeJS.ProcessEnv
  /** How long a cancelled run may take to clean up after itself. */
  graceMs?: number
}

/** Long enough for any command that only prints something. */
const SHORT_COMMAND_MS = 10_000
/** Lines kept to explain a failure. */
const LAST_LINES = 40

export function createFlyctl(options: FlyctlOptions): Flyctl {
  const { locate, configDir, network = () => ({}), environment = process.env, graceMs = 10_000 } = options
  const used = new Set<string>()
  const running = new Set<Promise<number>>()
  const closing = new AbortController()

  async function find(endpoints?: FlyEndpoints): Promise<string> {
    const file = await locate(endpoints)
    if (file !== undefined) return file
    const advice = 'Install it from fly.io/docs/flyctl/install, or give its path in Settings.'
    throw new AppError('missing-tool', `flyctl was not found on this computer. ${advice}`)
  }

  async function command(account: ActiveAccount, args: readonly string[]): Promise<FlyctlCommand> {
    const file = await find(account.endpoints)
    const ownDir = ownConfigDir(configDir, account.account.id)
    await mkdir(ownDir, { recursive: true, mode: 0o700 })
    used.add(ownDir)
    await wipeDebugLogs(ownDir)
    const env = flyctlEnvironment({
      inherited: { ...inheritedEnvironment(environment), ...network() },
      endpoints: account.endpoints,
      token: await account.token(),
      configDir: ownDir,
      logLevel: args.includes('--json') ? 'error' : 'info',
    })
    return { file, args: [...args], env }
  }

  return {
    async status(signal, endpoints) {
      const path = await locate(endpoints)
      if (path === undefined) return { status: 'absent' }
      const { output } = await capture({
        file: path,
        args: ['version', '--json'],
        env: { ...inheritedEnvironment(environment), ...endpoints?.flyctlEnvironment, FLY_NO_UPDATE_CHECK: '1' },
        signal,
      })
      const version = parseFlyctlVersion(output)
      if (version === undefined) return { status: 'absent' }
      if (!isOlderFlyctl(version, MINIMUM_FLYCTL)) return { status: 'found', path, version }
      return { status: 'too-old', path, version, minimum: MINIMUM_FLYCTL }
    },

    command: (account, args) => command(account, args).then(({ env, ...rest }) => ({ ...rest, env: forTerminal(env) })),

    async run({ account, args, cwd, signal, onLine }) {
      const { file, env } = await command(account, args)
      const hide = tokenHider(env.FLY_API_TOKEN ?? '')
      try {
        const ending = runProcess({
          ...{ file, args, env, cwd, graceMs },
          signal: AbortSignal.any([signal, closing.signal]),
          onLine: ({ stream, text }) => onLine({ stream, text: redact(hide(text)) }),
        })
        running.add(ending)
        return { exitCode: await ending.finally(() => running.delete(ending)) }
      } catch (cause) {
        throw startFailure(cause, cwd)
      } finally {
        await wipeDebugLogs(env.FLY_CONFIG_DIR ?? configDir)
      }
    },

    async readLogin(signal) {
      const env = ownLoginEnvironment(environment)
      const { output, exitCode, lines } = await capture({
        ...{ file: await find(), args: ['auth', 'token', '--json'], env, signal },
      })
      if (exitCode !== 0) throw explainFlyctlFailure(lines, exitCode)
      const token = /"token"\s*:\s*"([^"]+)"/.exec(output)?.[1]
      if (token === undefined)
        throw new AppError('unauthenticated', 'flyctl is not signed in. Run `fly auth login` first.')
      return token
    },

    async close() {
      closing.abort()
      await Promise.allSettled(running)
      for (const ownDir of used) {
        await stopAgent({ file: await locate(), configDir: ownDir, env: inheritedEnvironment(environment) })
        await wipeDebugLogs(ownDir)
      }
    },
  }

  async function capture(run: { file: string; args: string[]; env: Record<string, string>; signal: AbortSignal }) {
    const lines: string[] = []
    const printed: string[] = []
    const signal = AbortSignal.any([run.signal, AbortSignal.timeout(SHORT_COMMAND_MS)])
    try {
      const exitCode = await runProcess({
        ...{ ...run, signal, graceMs },
        onLine: ({ stream, text }) => {
          lines.push(text)
          if (stream === 'stdout') printed.push(text)
        },
      })
      run.signal.throwIfAborted()
      return { exitCode, lines: lines.slice(-LAST_LINES), output: printed.join('\n') }
    } catch (cause) {
      run.signal.throwIfAborted()
      throw startFailure(cause, undefined)
    }
  }
}

const forTerminal = ({ NO_COLOR: _, ...env }: Record<string, string>): Record<string, string> => ({
  ...env,
  TERM: 'xterm-256color',
})

/** A build may print its environment. Whatever it prints, the token does not go on. */
function tokenHider(token: string): (text: string) => string {
  const parts = token.split(',').filter(({ length }) => length >= 8)
  return (text) => parts.reduce((hidden, part) => hidden.replaceAll(part, '[token]'), text)
}

function startFailure(cause: unknown, cwd: string | undefined): Error {
  if (!(cause instanceof Error) || cause.name === 'AbortError' || cause instanceof AppError)
    return new AppError('cancelled', 'Cancelled', { cause })
  const where = cwd === undefined ? '' : ` in ${cwd}`
  return new AppError('missing-tool', `flyctl could not be started${where}. Check its path in Settings.`, { cause })
}
