import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export const FLYCTL = new URL('./flyctl', import.meta.url).pathname
const SIMULATOR = new URL('../main.ts', import.meta.url).pathname
/** An app of the seeded fleet with five machines, all of Fly Launch. */
export const APP = 'acme-web'
/** A process starts slowly on a busy computer. */
export const PATIENCE_MS = 30_000

const Addresses = z.object({
  machines: z.string(),
  api: z.string(),
  control: z.string(),
  controlToken: z.string(),
  token: z.string(),
  tokens: z.object({ revoked: z.string() }),
})
const Machines = z.array(z.object({ id: z.string(), state: z.string(), image_ref: z.object({ tag: z.string() }) }))

/** A simulated Fly.io, and a folder of a project that is deployed to it. */
export async function startWorld() {
  const options = [
    '--port',
    '0',
    '--json',
    '--with-parent',
    '--seed',
    '7',
    '--rate-limits',
    'off',
    '--delay-scale',
    '0',
  ]
  const simulator = spawn(process.execPath, [SIMULATOR, ...options], { stdio: ['pipe', 'pipe', 'ignore'] })
  const [line] = await once(createInterface({ input: simulator.stdout }), 'line')
  const fly = Addresses.parse(JSON.parse(String(line)))
  const folder = await mkdtemp(join(tmpdir(), 'flyctl-stand-in-'))
  const write = (name: string, content: string) => writeFile(join(folder, name), content)
  await write(
    'fly.toml',
    `app = "${APP}"\n[http_service]\ninternal_port = 8080\n[[http_service.checks]]\npath = "/api/health"\n`,
  )
  await write('Dockerfile', 'FROM node:24-slim\nCOPY fly.toml ./\nRUN npm ci\n')

  const environment = (extra: Record<string, string> = {}): Record<string, string> => ({
    PATH: process.env.PATH ?? '',
    HANGAR_NODE: process.execPath,
    FLY_FLAPS_BASE_URL: fly.machines,
    FLY_API_BASE_URL: fly.api,
    FLY_UIEX_BASE_URL: fly.api,
    FLY_API_TOKEN: fly.token,
    FLY_CONFIG_DIR: join(folder, 'config'),
    SIMULATOR_PACE: '0',
    ...extra,
  })
  const start = (args: readonly string[], extra: Record<string, string> = {}) =>
    spawn(FLYCTL, args, { cwd: folder, env: environment(extra), stdio: ['ignore', 'pipe', 'pipe'] })
  const ask = async (url: string): Promise<unknown> =>
    (await fetch(url, { headers: { authorization: `Bearer ${fly.token}` } })).json()
  const send = async (url: string, token: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const { ok, status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body ?? {}) })
    if (!ok) throw new Error(`${url}: ${status}`)
  }
  const machines = async () => Machines.parse(await ask(`${fly.machines}/v1/apps/${APP}/machines`))

  return {
    fly,
    /** Of the simulator. */
    pid: simulator.pid,
    folder,
    write,
    environment,
    start,
    ask,
    machines,
    async run(args: readonly string[], extra?: Record<string, string>) {
      return ended(start(args, extra))
    },
    async command(machine: string, verb: 'start' | 'stop') {
      await send(`${fly.machines}/v1/apps/${APP}/machines/${machine}/${verb}`, fly.token)
    },
    async control(action: string, body: unknown) {
      await send(`${fly.control}/${action}`, fly.controlToken, body)
    },
    async startedMachine(): Promise<string> {
      const found = (await machines()).find(({ state }) => state === 'started')
      if (!found) throw new Error('No machine is started.')
      return found.id
    },
    async stop() {
      simulator.kill()
      await once(simulator, 'exit')
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>

/** Everything a process said, and how it ended. */
export async function ended(child: ChildProcess): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk) => {
      said[name] += chunk
    })
  }
  const [exitCode] = await once(child, 'close')
  return { exitCode, ...said }
}
