import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// Real processes, on a computer that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// The real GNOME Keyring on a D-Bus of its own. Debian: gnome-keyring, dbus-x11 (`npm test` installs both).

const STEPS = new URL('../test/keychain-steps.ts', import.meta.url).pathname

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hangar-keychain-'))
  await mkdir(join(home, 'run'), { mode: 0o700 })
})
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }))

const UNLOCKED = 'printf password | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null &&'
const LOCKED = 'gnome-keyring-daemon --start --components=secrets --daemonize </dev/null >/dev/null 2>&1;'

/** Runs the steps in a new session that sees the keyring of this test's home. */
async function inSession(keyring: string, ...steps: string[]): Promise<unknown[]> {
  const script = `${keyring} exec "$0" "$@"`
  return outcomes('dbus-run-session', ['--', 'sh', '-c', script, process.execPath, STEPS, ...steps])
}

async function outcomes(file: string, args: string[]): Promise<unknown[]> {
  const { DBUS_SESSION_BUS_ADDRESS: _, DISPLAY: __, WAYLAND_DISPLAY: ___, ...inherited } = process.env
  const env = { ...inherited, HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), XDG_DATA_HOME: join(home, 'data') }
  const { stdout } = await execa(file, args, { env, extendEnv: false, lines: true })
  return stdout.map((line): unknown => JSON.parse(line))
}

test('a secret that was set is there, whole, until it is removed', async () => {
  const secret = `fm2_${'x'.repeat(4000)}`
  expect(await inSession(UNLOCKED, `set a ${secret}`, 'get a', 'get b', 'state', 'remove a', 'get a')).toEqual([
    { value: null },
    { value: secret },
    { value: null },
    { value: 'available' },
    { value: null },
    { value: null },
  ])
})

test('a secret outlives the session, as a restart of the computer', async () => {
  await inSession(UNLOCKED, 'set a secret')
  expect(await inSession(UNLOCKED, 'get a')).toEqual([{ value: 'secret' }])
})

test('a locked keychain is an error that says so, never "there is no token"', async () => {
  await inSession(UNLOCKED, 'set a secret')
  const locked = { code: 'keychain', message: expect.stringContaining('locked') }
  expect(await inSession(LOCKED, 'get a', 'set b secret', 'remove a')).toEqual([locked, locked, locked])
})

test('a computer without a keychain is told from a locked one', async () => {
  const absent = { code: 'keychain', message: expect.stringContaining('no keychain') }
  expect(await outcomes(process.execPath, [STEPS, 'state', 'get a', 'set a secret'])).toEqual([
    { value: 'absent' },
    absent,
    absent,
  ])
})
