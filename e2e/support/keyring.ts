import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A desktop session of its own: a D-Bus and an unlocked GNOME Keyring that nothing else uses. */
export interface KeyringSession {
  env: NodeJS.ProcessEnv
  stop(): Promise<void>
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  while (!text.includes('\n')) {
    if (!child.stdout) throw new Error('The process has no output to read.')
    const [chunk] = await once(child.stdout, 'data')
    text += String(chunk)
  }
  return text.slice(0, text.indexOf('\n'))
}

async function isSecretServiceThere(env: NodeJS.ProcessEnv): Promise<boolean> {
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
  ]
  const { stdout } = await execute('dbus-send', [...question, 'string:org.freedesktop.secrets'], { env }).catch(() => ({
    stdout: '',
  }))
  return stdout.includes('boolean true')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** Starts both in a temporary home. The keyring's password is of no importance: it lives as long as the folder. */
export async function startKeyring(): Promise<KeyringSession> {
  const home = await mkdtemp(join(tmpdir(), 'hangar-keyring-'))
  const runtime = join(home, 'run')
  await mkdir(runtime, { mode: 0o700 })
  const folders = { XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache') }
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
    env: { ...process.env, ...folders, HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const env = { ...folders, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus) }
  const daemonEnv = { ...process.env, ...env, HOME: home }
  const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'], {
    env: daemonEnv,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keyring.stdin?.end('password of a test')
  while (!(await isSecretServiceThere(daemonEnv))) {
    if (keyring.exitCode !== null) throw new Error(`gnome-keyring-daemon ended with ${keyring.exitCode}`)
    await sleep(20)
  }
  return {
    env,
    async stop() {
      await Promise.all([end(keyring), end(bus)])
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    },
  }
}
