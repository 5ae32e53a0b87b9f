import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import type { FleetUpdate } from '#shared/contracts/fleet.ts'
import { App } from './app.tsx'
import { anAccount, aSession } from './test/account.ts'
import { type FakeHandlers, fakeIpc } from './test/render.tsx'

beforeEach(() => {
  sessionStorage.clear()
  // jsdom is never idle.
  vi.stubGlobal('requestIdleCallback', (run: () => void) => setTimeout(run))
  vi.stubGlobal('cancelIdleCallback', clearTimeout)
})
afterEach(cleanup)

/** A stream that says one thing and stays open, as the real ones do. */
async function* once<Item>(item: Item, signal: AbortSignal): AsyncGenerator<Item> {
  yield item
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
}

const nothing = { put: [], remove: [] }
const fleet: FleetUpdate = {
  reset: true,
  apps: nothing,
  machines: nothing,
  volumes: nothing,
  status: {
    source: 'live',
    connection: 'connected',
    updatedAt: Date.now(),
    rateLimitFree: 0.92,
    errorRegions: ['syd'],
  },
}

function show(account: Account | undefined, change: Partial<Session> = {}) {
  const session = aSession({
    ...(account ? { accounts: [account], currentId: account.id } : {}),
    ...change,
  })
  const settings = { theme: 'dark', density: 'compact', proxyUrl: '', caFile: '', flyctlPath: '' } as const
  const about = { version: '0.1.0', runtime: 'a test', platform: 'linux', settingsFile: '/s', logFile: '/l' } as const
  const handlers: FakeHandlers = {
    accounts: { watch: (_, { signal }) => once(session, signal) },
    settings: {
      watch: (_, { signal }) => once(settings, signal),
      about: async () => ({ ...about, databaseFile: '/d', flyctl: 'none' }),
    },
    fleet: { watch: (_, { signal }) => once(fleet, signal) },
    operations: { watch: (_, { signal }) => once([], signal) },
    deploys: { watch: (_, { signal }) => once([], signal) },
    cost: { watch: (_, { signal }) => once(COST, signal) },
    terminal: { sessions: async () => [] },
  }
  render(<App ipc={fakeIpc(handlers)} />)
  return userEvent.setup()
}

const AMOUNTS = { compute: '1', stopped: '0', volumes: '0.5', total: '1.5' }
const COST = {
  month: '2026-11',
  at: 0,
  pricesFrom: '2026-10-09',
  organizations: [],
  apps: [],
  monthToDate: AMOUNTS,
  monthForecast: AMOUNTS,
  days: [],
  orphanVolumes: { count: 0, month: '0' },
  leftOut: [],
}

test('without an account the sign-in is all there is', async () => {
  show(undefined)
  expect(await screen.findByRole('heading', { name: 'Connect to Fly.io' })).toBeDefined()
  expect(screen.queryByRole('navigation', { name: 'Main' })).toBeNull()
})

test('theme and density of the settings reach the root element', async () => {
  show(undefined)
  await waitFor(() => expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'compact' }))
})

test('the frame says who acts, what it costs and which regions do not answer', async () => {
  show(anAccount({ protection: 'protected' }))
  expect(await screen.findByRole('button', { name: /^Account: Acme Workspaces/ })).toBeDefined()
  expect(await screen.findByText('$1.50 this month, estimate')).toBeDefined()
  expect(await screen.findByText(/cannot answer for syd/)).toBeDefined()
  expect(screen.getByText('Protected')).toBeDefined()
  expect(screen.getByText('flyctl 0.4.87')).toBeDefined()
})

test('a demo says so on every page, and a way out of it', async () => {
  const user = show(anAccount({ demo: true, label: 'Demo fleet' }))
  expect(await screen.findByText(/Nothing is real and nothing costs money/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByRole('heading', { name: 'Connect to Fly.io' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(await screen.findByRole('navigation', { name: 'Main' })).toBeDefined()
})

test('a revoked token is said, with the way to sign in again', async () => {
  show(anAccount(), { problem: 'revoked' })
  expect(await screen.findByText(/no longer accepts this token/)).toBeDefined()
  expect(screen.getByRole('button', { name: 'Sign in again' })).toBeDefined()
})

test('pages are reached by keys, and back and forward lead through them', async () => {
  const user = show(anAccount())
  expect(await screen.findByRole('heading', { level: 1, name: 'Machines' })).toBeDefined()
  await user.keyboard('{Control>}3{/Control}')
  expect(await screen.findByRole('heading', { level: 1, name: 'Apps' })).toBeDefined()
  expect(document.title).toBe('Apps · Hangar')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Machines' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Forward' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Apps' })).toBeDefined()
})

test('a reload of the window stays on its page', async () => {
  const user = show(anAccount())
  await screen.findByRole('heading', { level: 1, name: 'Machines' })
  await user.keyboard('{Control>}4{/Control}')
  await screen.findByRole('heading', { level: 1, name: 'Volumes' })
  cleanup()
  show(anAccount())
  expect(await screen.findByRole('heading', { level: 1, name: 'Volumes' })).toBeDefined()
})

test('the palette leads to a page', async () => {
  const user = show(anAccount())
  await screen.findByRole('heading', { level: 1, name: 'Machines' })
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('combobox'), 'volumes{Enter}')
  expect(await screen.findByRole('heading', { level: 1, name: 'Volumes' })).toBeDefined()
})

test('? shows every shortcut that works', async () => {
  const user = show(anAccount())
  await screen.findByRole('heading', { level: 1, name: 'Machines' })
  await user.keyboard('?')
  const map = await screen.findByRole('dialog', { name: 'Keyboard' })
  expect(map.textContent).toContain('Commands onlyCtrlShiftP')
})
