import { setTimeout as sleep } from 'node:timers/promises'
import { field, list, text } from './api.ts'
import { appName, requireApp } from './app-name.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'
import { openWorkspace } from './machine-folder.ts'
import { startShell } from './shell.ts'

/** How often the machine is looked at while a shell runs on it. */
const WATCH_MS = 2_000

/** A shell "on" a machine: a real one on this computer, in a folder that stands for the machine's disk. */
export async function sshConsole(context: Context): Promise<number> {
  const { flags, stderr, stdout, signal, pause } = context
  const app = appName(context)
  await requireApp(context, app)
  const machine = await pick(context, app)
  const id = text(machine, 'id') ?? ''
  stderr(`Connecting to ${text(machine, 'private_ip') ?? 'fdaa:0:1:a7b::2'}... complete`)
  await pause(300)

  const command = flags.text('command')
  const wantsPty = command === undefined || flags.on('pty') || /^(sh|bash)$/.test(command)
  if (command !== undefined && wantsPty && !flags.on('pty')) stdout('WARN Starting a shell in a pseudo terminal')
  const workspace = await openWorkspace(context.env, id)
  const shell = startShell({ env: context.env, app, machine, id, workspace, command, interactive: wantsPty })
  const watch = new AbortController()
  const hangUp = () => shell.end()
  signal.addEventListener('abort', hangUp, { once: true })
  try {
    const gone = machineStops(context, { app, id, signal: watch.signal })
    const end = await Promise.race([shell.exited, gone])
    if (end === 'machine stopped') shell.end()
    const status = await shell.exited
    signal.throwIfAborted()
    if (end === 'machine stopped')
      throw new FlyctlError('session forcibly closed; the remote process may still be running')
    if (status !== 0) throw new FlyctlError(`ssh shell: Process exited with status ${status}`)
    return 0
  } finally {
    watch.abort()
    signal.removeEventListener('abort', hangUp)
    await workspace.close()
  }
}

async function pick({ flags, api }: Context, app: string): Promise<unknown> {
  const machines = list(await api.get({ service: 'flaps', path: `/v1/apps/${app}/machines` }))
  const started = machines.filter((machine) => text(machine, 'state') === 'started')
  const wanted = flags.text('machine')
  const region = flags.text('region')
  if (wanted !== undefined) {
    const found = started.find((machine) => text(machine, 'id') === wanted)
    if (!found) throw new FlyctlError(`--machine="${wanted}" not found/started`)
    return found
  }
  const first = started.find((machine) => region === undefined || text(machine, 'region') === region)
  if (first) return first
  throw new FlyctlError(`app ${app} has no started VMs.`, {
    details: ['It may be unhealthy or not have been deployed yet.', 'Try the following command to verify: fly status'],
  })
}

/** Resolves when the machine is no longer started; never while it is. */
async function machineStops(
  { api }: Context,
  { app, id, signal }: { app: string; id: string; signal: AbortSignal },
): Promise<'machine stopped'> {
  try {
    while (true) {
      await sleep(WATCH_MS, undefined, { signal })
      const { status, body } = await api.ask({ service: 'flaps', path: `/v1/apps/${app}/machines/${id}` })
      if (status === 404 || (status === 200 && field(body, 'state') !== 'started')) return 'machine stopped'
    }
  } catch {
    // The session has ended, or the simulator has: both leave the shell to itself.
    return new Promise(() => {})
  }
}
