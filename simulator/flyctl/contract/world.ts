import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'
import { hermeticEnvironment } from '../../flyctl-exports.ts'

/** The flyctl that is judged: the one of FLYCTL_BIN, else our stand-in. */
export const FLYCTL = process.env.FLYCTL_BIN ?? new URL('../flyctl', import.meta.url).pathname
const SIMULATOR = new URL('../../main.ts', import.meta.url).pathname
/** A process starts slowly on a busy computer, and the real one retries for seconds before it gives up. */
export const PATIENCE_MS = 60_000

const Addresses = z.looseObject({
  machines: z.string(),
  api: z.string(),
  control: z.string(),
  controlToken: z.string(),
  token: z.string(),
  tokens: z.record(z.string(), z.string()),
  docker: z.string(),
  builder: z.string().optional(),
})

const Machine = z.looseObject({
  id: z.string(),
  state: z.string(),
  region: z.string(),
  private_ip: z.string().optional(),
  cordoned: z.boolean().optional(),
  host_status: z.string(),
  config: z
    .looseObject({
      image: z.string(),
      env: z.record(z.string(), z.string()).optional(),
      metadata: z.record(z.string(), z.string()).optional(),
      guest: z.looseObject({ cpus: z.number(), memory_mb: z.number() }).optional(),
      mounts: z.array(z.looseObject({ volume: z.string() })).optional(),
      auto_destroy: z.boolean().optional(),
    })
    .optional(),
  image_ref: z.looseObject({ registry: z.string(), repository: z.string(), tag: z.string() }),
  events: z.array(z.looseObject({ type: z.string(), source: z.string() })),
})
type Machine = z.infer<typeof Machine>

/** What can be suspended has at most 2 GB (Fly docs, suspend and resume). */
const SUSPENDABLE_MB = 2048

/** It stays as it is unless it is told otherwise, and every verb is open to it. */
const isSteady = ({ host_status, config }: Machine): boolean =>
  host_status === 'ok' && config?.auto_destroy !== true && (config?.guest?.memory_mb ?? 0) <= SUSPENDABLE_MB

const mounts = ({ config }: Machine): boolean => (config?.mounts?.length ?? 0) > 0

export interface RunOptions {
  cwd?: string
  /** Beside the hermetic environment; undefined takes a variable out of it. */
  env?: Readonly<Record<string, string | undefined>>
  stdin?: string
  timeoutMs?: number
}

export interface Outcome {
  /** null when it had to be killed. */
  exitCode: number | null
  /** Both without colours. */
  stdout: string
  stderr: string
}

interface Sent {
  token?: string
  body?: unknown
  /** Of a lease. */
  nonce?: string
}

export interface Reply {
  status: number
  body: unknown
}

/** A simulated Fly.io of its own, and a flyctl that can reach nothing else. */
export async function startWorld({ seed = 7, options = [] }: { seed?: number; options?: readonly string[] } = {}) {
  const given = ['--port', '0', '--json', '--with-parent', '--seed', String(seed)]
  const quick = ['--rate-limits', 'off', '--delay-scale', '0.01']
  const simulator = spawn(process.execPath, [SIMULATOR, ...given, ...quick, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: simulator.stdout }), 'line')
  const fly = Addresses.parse(JSON.parse(String(line)))
  // Short: the socket of flyctl's agent lies in it, and such a path may have about a hundred bytes.
  const home = await mkdtemp(join(tmpdir(), 'fc-'))
  const environment = {
    PATH: process.env.PATH ?? '',
    ...hermeticEnvironment({ ...fly, home, configDir: join(home, 'fly') }),
    // For the stand-in alone: the Node to run with, compiled once for all runs, and no pauses for show.
    HANGAR_NODE: process.execPath,
    NODE_COMPILE_CACHE: join(tmpdir(), 'flyctl-stand-in-compiled'),
    SIMULATOR_PACE: '0',
  }

  const send = async (method: string, url: string, { token = fly.token, body, nonce }: Sent) => {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(nonce !== undefined && { 'fly-machine-lease-nonce': nonce }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : readJson(text) }
  }

  const taken = new Set<string>()
  const run = (args: readonly string[], how: RunOptions = {}): Promise<Outcome> =>
    runToEnd({ args, cwd: how.cwd ?? home, env: { ...environment, ...how.env }, ...pick(how) })
  const ask = (method: string, path: string, body?: unknown): Promise<Reply> =>
    send(method, fly.machines + path, { body })

  return {
    fly,
    home,
    environment,
    /** Runs flyctl to its end. */
    run,
    /** Starts a flyctl that is to be watched, or interrupted. */
    start: (args: readonly string[], how: RunOptions = {}): Running =>
      startFlyctl({
        args,
        cwd: how.cwd ?? home,
        env: { ...environment, ...how.env },
        timeoutMs: how.timeoutMs ?? PATIENCE_MS,
      }),
    /** What a command that ends well prints as JSON. */
    async json(args: readonly string[], how?: RunOptions): Promise<unknown> {
      const outcome = await run([...args, '--json'], how)
      if (outcome.exitCode !== 0)
        throw new Error(`flyctl ${args.join(' ')} ended with ${outcome.exitCode}: ${outcome.stderr}`)
      return JSON.parse(outcome.stdout)
    },
    /** Asks the simulator itself for the truth. */
    ask,
    /** The machines of an app in a state, as they are now. */
    async machines(app: string, state = ''): Promise<Machine[]> {
      const all = z.array(Machine).parse((await ask('GET', `/v1/apps/${app}/machines`)).body)
      return all.filter((machine) => state === '' || machine.state === state)
    },
    /** A steady machine that no other test touches. */
    async ownMachine(app: string, state: string, { withVolume = false } = {}): Promise<Machine> {
      const all = z.array(Machine).parse((await ask('GET', `/v1/apps/${app}/machines?state=${state}`)).body)
      const found = all.find(
        (machine) => !taken.has(machine.id) && isSteady(machine) && (!withVolume || mounts(machine)),
      )
      if (!found) throw new Error(`${app} has no machine left that is ${state}.`)
      taken.add(found.id)
      return found
    },
    /** Hands back a lease that a test held. */
    release: ({ app, id, nonce }: { app: string; id: string; nonce: string }): Promise<Reply> =>
      send('DELETE', `${fly.machines}/v1/apps/${app}/machines/${id}/lease`, { nonce }),
    /** One machine now; undefined when it is gone. */
    async machine(app: string, id: string): Promise<Machine | undefined> {
      const { status, body } = await ask('GET', `/v1/apps/${app}/machines/${id}`)
      return status === 200 ? Machine.parse(body) : undefined
    },
    control: (action: string, body: unknown = {}): Promise<Reply> =>
      send('POST', `${fly.control}/${action}`, { token: fly.controlToken, body }),
    async stop() {
      // The real one leaves a daemon behind where it found nobody at its socket.
      if (process.env.FLYCTL_BIN) await run(['agent', 'stop'])
      simulator.kill()
      await once(simulator, 'exit')
      await rm(home, { recursive: true, force: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>

const pick = ({ stdin, timeoutMs = PATIENCE_MS }: RunOptions) => ({ stdin, timeoutMs })

interface Run {
  args: readonly string[]
  cwd: string
  env: Record<string, string | undefined>
  stdin: string | undefined
  timeoutMs: number
}

/** A flyctl that runs: what it has said so far, and how it ends. */
export interface Running {
  child: ChildProcessWithoutNullStreams
  said: { stdout: string; stderr: string }
  ended: Promise<Outcome>
}

function startFlyctl({ args, cwd, env, timeoutMs }: Omit<Run, 'stdin'>): Running {
  const child = spawn(FLYCTL, args, { cwd, env, timeout: timeoutMs, killSignal: 'SIGKILL' })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += stripVTControlCharacters(chunk)
    })
  }
  // A command that does not read its input closes it before all is written.
  child.stdin.on('error', () => undefined)
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode, ...said }))
  return { child, said, ended }
}

function runToEnd({ stdin, ...run }: Run): Promise<Outcome> {
  const { child, ended } = startFlyctl(run)
  child.stdin.end(stdin ?? '')
  return ended
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
