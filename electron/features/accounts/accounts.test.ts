import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'

import { createFlyClient } from '#electron/fly/client.ts'
import { createChanges } from '#electron/lib/changes.ts'
import { memoryKeychain } from '#electron/test/memory-keychain.ts'
import { startSimulator, type TestSimulator } from '#electron/test/simulator.ts'
import type { Session } from '#shared/contracts/accounts.ts'
import { createAccountSession } from './account-session.ts'
import { accountHandlers } from './handlers.ts'
import { savedAccountsFile } from './saved-accounts.ts'

// Real processes, on a computer that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: 'off' })
})
afterAll(() => simulator.stop())

let folder: string
const quit = { controller: new AbortController() }
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangar-accounts-'))
  quit.controller = new AbortController()
})
afterEach(async () => {
  quit.controller.abort()
  await rm(folder, { recursive: true })
})

/** One run of the app. `keychain` outlives it, as the real one does. */
async function run({ keychain, control, secrets } = memoryKeychain()) {
  const clipboard = { text: '' }
  const demos = { running: 0 }
  const flyctlChanges = createChanges()
  const flyctl: { status: Session['flyctl'] } = { status: { status: 'absent' } }
  const forgotten: string[] = []
  const session = createAccountSession({
    endpoints: simulator.endpoints,
    file: savedAccountsFile(join(folder, 'accounts.json'), () => {}),
    keychain,
    connect: (options) => createFlyClient({ ...options, log: () => {}, userAgent: 'Hangar/test' }),
    startDemo: async () => {
      demos.running += 1
      return {
        endpoints: simulator.endpoints,
        token: simulator.token,
        stop: () => {
          demos.running -= 1
        },
      }
    },
    forget: (id) => forgotten.push(id),
    signal: quit.controller.signal,
  })
  const handlers = accountHandlers({
    session,
    clipboard: {
      readText: async () => clipboard.text,
      clear: async () => {
        clipboard.text = ''
      },
    },
    flyctlStatus: async () => flyctl.status,
    onFlyctlChange: flyctlChanges.on,
    readFlyctlLogin: async () => simulator.tokens.org,
  })
  const context = { signal: quit.controller.signal }
  await session.restore()
  return {
    ...{ session, handlers, context, clipboard, demos, forgotten, control, secrets, flyctl, flyctlChanges },
    async signIn(token: string, keep: 'keychain' | 'session' = 'keychain') {
      clipboard.text = token
      const { candidateId } = await handlers.inspectClipboard({}, context)
      return handlers.signIn({ candidateId, keep }, context)
    },
  }
}

/** Waits for a session that looks like this. */
async function untilSession(app: Awaited<ReturnType<typeof run>>, matches: (session: Session) => boolean) {
  for await (const session of app.handlers.watch({}, app.context)) if (matches(session)) return session
  throw expect.unreachable()
}

test('a pasted token is described without being shown, and signs in', async () => {
  const app = await run()
  app.clipboard.text = `  FlyV1 ${simulator.tokens.org}\n`
  const report = await app.handlers.inspectClipboard({}, app.context)
  expect(report).toMatchObject({ kind: 'org', ending: simulator.tokens.org.slice(-4), apps: [] })
  expect(report.cannot).not.toEqual([])
  expect(JSON.stringify(report)).not.toContain(simulator.tokens.org)

  const account = await app.handlers.signIn({ candidateId: report.candidateId, keep: 'keychain' }, app.context)
  expect(account).toMatchObject({ kind: 'org', kept: 'keychain', demo: false, protection: 'none' })
  expect(app.session.current().account).toEqual(account)
  expect(await app.session.current().token()).toBe(simulator.tokens.org)
})

test('the clipboard is emptied after signing in, unless something else is in it by then', async () => {
  const app = await run()
  await app.signIn(simulator.tokens.org)
  expect(app.clipboard.text).toBe('')

  app.clipboard.text = simulator.tokens.user
  const { candidateId } = await app.handlers.inspectClipboard({}, app.context)
  app.clipboard.text = 'a shopping list'
  await app.handlers.signIn({ candidateId, keep: 'session' }, app.context)
  expect(app.clipboard.text).toBe('a shopping list')
})

test.each([
  ['nothing', '', 'invalid-input'],
  ['a password', 'hunter2', 'invalid-input'],
  ['a revoked token', 'revoked', 'unauthenticated'],
])('%s in the clipboard is a sentence, and nobody is signed in', async (_, text, code) => {
  const app = await run()
  app.clipboard.text = text === 'revoked' ? simulator.tokens.revoked : text
  await expect(app.handlers.inspectClipboard({}, app.context)).rejects.toMatchObject({ code })
  expect(app.session.view().accounts).toEqual([])
  expect(() => app.session.current()).toThrow('Sign in first')
})

test("flyctl's login is taken over", async () => {
  const app = await run()
  expect(await app.handlers.inspectFlyctlLogin({}, app.context)).toMatchObject({ kind: 'org' })
})

test('a candidate that was replaced cannot be signed in with', async () => {
  const app = await run()
  app.clipboard.text = simulator.tokens.user
  const { candidateId } = await app.handlers.inspectClipboard({}, app.context)
  await app.handlers.inspectFlyctlLogin({}, app.context)
  const late = app.handlers.signIn({ candidateId, keep: 'session' }, app.context)
  await expect(late).rejects.toMatchObject({ code: 'invalid-input', message: /Paste it again/ })
})

test('the next run is signed in to the account that was current, from the keychain', async () => {
  const keychain = memoryKeychain()
  const first = await run(keychain)
  const org = await first.signIn(simulator.tokens.org)
  const user = await first.signIn(simulator.tokens.user)
  await first.handlers.switch({ id: org.id }, first.context)

  const second = await run(keychain)
  expect(second.session.view()).toMatchObject({ currentId: org.id, problem: 'none', accounts: [org, user] })
  expect(await second.session.current().token()).toBe(simulator.tokens.org)
})

test('a session-only account is gone in the next run, and its token is nowhere', async () => {
  const keychain = memoryKeychain()
  await (await run(keychain)).signIn(simulator.tokens.org, 'session')
  expect(keychain.secrets.size).toBe(0)
  expect((await run(keychain)).session.view().accounts).toEqual([])
})

test('no token is in any file', async () => {
  const app = await run()
  for (const token of Object.values(simulator.tokens).slice(0, 4)) await app.signIn(token)
  const names = await readdir(folder)
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  expect(names).toEqual(['accounts.json'])
  for (const token of Object.values(simulator.tokens)) expect(texts.join()).not.toContain(token.slice(4))
})

test('signing out removes the token, forgets what was saved and goes to the next account', async () => {
  const app = await run()
  const org = await app.signIn(simulator.tokens.org)
  const user = await app.signIn(simulator.tokens.user)
  const { ended } = app.session.current()
  await app.handlers.signOut({ id: user.id }, app.context)
  expect(ended.aborted).toBe(true)
  expect([...app.secrets.keys()]).toEqual([org.id])
  expect(app.forgotten).toEqual([user.id])
  expect(app.session.current().account).toEqual(org)
  await app.handlers.signOut({ id: org.id }, app.context)
  expect(app.session.view()).toMatchObject({ accounts: [] })
  expect(() => app.session.current()).toThrow('Sign in first')
})

test('signing in again with the same rights takes the place of the old token', async () => {
  const app = await run()
  const first = await app.signIn(simulator.tokens.org)
  await app.handlers.setProtection({ id: first.id, protection: 'protected' }, app.context)
  const again = await app.signIn(simulator.tokens.org, 'session')
  expect(again).toMatchObject({ id: first.id, kept: 'session', protection: 'protected' })
  expect(app.session.view().accounts).toEqual([again])
  expect(app.secrets.size).toBe(0)
})

test('a read-only token makes a read-only account, and protection can be changed while it is used', async () => {
  const app = await run()
  const { id, protection } = await app.signIn(simulator.tokens.readonly)
  expect(protection).toBe('read-only')
  const active = app.session.current()
  await app.handlers.setProtection({ id, protection: 'protected' }, app.context)
  expect(active.account.protection).toBe('protected')
  expect(active.ended.aborted).toBe(false)
})

test('a token that Fly revokes is noticed, said, and not sent again; a new one mends it', async () => {
  const app = await run()
  const { id } = await app.signIn(simulator.tokens.org)
  const { fly } = app.session.current()
  const list = { service: 'rest', path: '/api/v1/organizations', schema: z.unknown() } as const
  await simulator.control('POST', '/revoke', { token: simulator.tokens.org })
  try {
    await expect(fly({ ...list, signal: quit.controller.signal })).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await untilSession(app, ({ problem }) => problem === 'revoked')).toMatchObject({ currentId: id })
    await expect(fly({ ...list, signal: quit.controller.signal })).rejects.toMatchObject({
      message: /no longer accepts/,
    })
  } finally {
    await simulator.control('POST', '/restore', { token: simulator.tokens.org })
  }
  expect(await app.signIn(simulator.tokens.org)).toMatchObject({ id })
  expect(app.session.view()).toMatchObject({ problem: 'none', currentId: id })
  await app.session.current().fly({ ...list, signal: quit.controller.signal })
})

test('one 401 for a good token is not taken for a revocation', async () => {
  const app = await run()
  await app.signIn(simulator.tokens.org)
  await simulator.control('POST', '/fail', { path: '/v1/apps/young', status: 401, body: {} })
  const { fly } = app.session.current()
  const young = { service: 'machines', path: '/v1/apps/young', schema: z.unknown() } as const
  await expect(fly({ ...young, signal: quit.controller.signal })).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(fly({ ...young, signal: quit.controller.signal })).rejects.toMatchObject({ code: 'not-found' })
  expect(app.session.view().problem).toBe('none')
})

test('without a keychain a token can be kept for the session only, and the choice is said', async () => {
  const keychain = memoryKeychain()
  keychain.control.state = 'absent'
  const app = await run(keychain)
  expect(app.session.view().keychain).toBe('absent')
  await expect(app.signIn(simulator.tokens.org)).rejects.toMatchObject({ code: 'keychain', message: /no keychain/ })
  expect(app.session.view().accounts).toEqual([])
  expect(await app.signIn(simulator.tokens.org, 'session')).toMatchObject({ kept: 'session' })
})

test('a keychain that is locked at the start keeps the account, and switching to it tries again', async () => {
  const keychain = memoryKeychain()
  const account = await (await run(keychain)).signIn(simulator.tokens.org)
  keychain.control.state = 'locked'
  const app = await run(keychain)
  expect(app.session.view()).toMatchObject({ accounts: [account], problem: 'keychain-locked', keychain: 'locked' })
  await expect(app.session.current().token()).rejects.toMatchObject({ code: 'keychain', message: /locked/ })

  keychain.control.state = 'available'
  await app.handlers.switch({ id: account.id }, app.context)
  expect(app.session.view()).toMatchObject({ problem: 'none', keychain: 'available' })
  expect(await app.session.current().token()).toBe(simulator.tokens.org)
})

test('signing out of a locked keychain says so and keeps the account, because the token is still there', async () => {
  const app = await run()
  const { id } = await app.signIn(simulator.tokens.org)
  app.control.state = 'locked'
  await expect(app.handlers.signOut({ id }, app.context)).rejects.toMatchObject({ code: 'keychain' })
  expect(app.session.view().accounts).toHaveLength(1)
})

test('a token that somebody removed from the keychain is missing, not forgotten', async () => {
  const keychain = memoryKeychain()
  await (await run(keychain)).signIn(simulator.tokens.org)
  keychain.secrets.clear()
  expect((await run(keychain)).session.view()).toMatchObject({ problem: 'token-missing' })
})

test('the demo starts once, is remembered nowhere, and ends with its account', async () => {
  const app = await run()
  await Promise.all([app.handlers.exploreDemo({}, app.context), app.handlers.exploreDemo({}, app.context)])
  expect(app.demos.running).toBe(1)
  expect(app.session.current().account).toMatchObject({ demo: true, kept: 'session', label: 'Demo fleet' })
  expect((await run()).session.view().accounts).toEqual([])
  await app.handlers.signOut({ id: 'demo' }, app.context)
  expect(app.demos.running).toBe(0)
})

test('the page hears of every change, and of flyctl', async () => {
  const app = await run()
  const sessions = app.handlers.watch({}, app.context)[Symbol.asyncIterator]()
  expect((await sessions.next()).value).toMatchObject({
    accounts: [],
    keychain: 'available',
    flyctl: { status: 'absent' },
  })
  const account = await app.signIn(simulator.tokens.user)
  expect((await sessions.next()).value).toMatchObject({ accounts: [account], currentId: account.id })
  app.flyctl.status = { status: 'found', path: '/usr/bin/flyctl', version: '0.4.87' }
  app.flyctlChanges.emit()
  expect((await sessions.next()).value).toMatchObject({ flyctl: { status: 'found' } })
  await sessions.return?.()
})
