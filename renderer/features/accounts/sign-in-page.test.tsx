import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { anAccount, aReport, aSession } from '#renderer/test/account.ts'
import { type FakeHandlers, renderWithIpc } from '#renderer/test/render.tsx'
import { CopyProvider } from '#renderer/ui/copy-context.ts'
import type { Session } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { SignInPage } from './sign-in-page.tsx'

const about = async () => ({
  version: '0.1.0',
  runtime: 'a test',
  platform: 'linux' as const,
  settingsFile: '/s',
  logFile: '/l',
  databaseFile: '/d',
  flyctl: '',
})

function show(accounts: FakeHandlers['accounts'] = {}, session: Partial<Session> = {}) {
  const onSignedIn = vi.fn()
  renderWithIpc(
    <CopyProvider value={() => {}}>
      <SignInPage session={aSession(session)} onSignedIn={onSignedIn} onOpenNetwork={() => {}} />
    </CopyProvider>,
    { accounts, settings: { about } },
  )
  return { user: userEvent.setup(), onSignedIn }
}

test('a pasted token never enters the page: only what Fly.io says of it is shown', async () => {
  const { user } = show({ inspectClipboard: async () => aReport() })
  await user.click(screen.getByLabelText('Fly.io token'))
  await user.paste('fo1_never-to-be-seen')
  expect(await screen.findByText('Org token for Acme Workspaces')).toBeDefined()
  expect(screen.getByText('See invoices')).toBeDefined()
  expect(document.body.innerHTML).not.toContain('never-to-be-seen')
})

test('a token cannot be typed into the field either', async () => {
  const { user } = show()
  await user.type(screen.getByLabelText('Fly.io token'), 'fo1_typed')
  expect(screen.getByLabelText('Fly.io token')).toHaveProperty('value', '')
})

test('signing in keeps the token in the keychain', async () => {
  const signIn = vi.fn(async () => anAccount())
  const { user, onSignedIn } = show({ inspectClipboard: async () => aReport(), signIn })
  await user.click(screen.getByRole('button', { name: 'Paste' }))
  await user.click(await screen.findByRole('button', { name: 'Sign in' }))
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalled())
  expect(signIn).toHaveBeenCalledWith({ candidateId: aReport().candidateId, keep: 'keychain' }, expect.anything())
})

test('without a keychain only this session is offered, and why is said', async () => {
  const signIn = vi.fn(async () => anAccount({ kept: 'session' }))
  const { user } = show({ inspectClipboard: async () => aReport(), signIn }, { keychain: 'locked' })
  await user.click(screen.getByRole('button', { name: 'Paste' }))
  expect(await screen.findByText(/keychain of this system is locked/)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Sign in for this session' }))
  await vi.waitFor(() =>
    expect(signIn).toHaveBeenCalledWith(expect.objectContaining({ keep: 'session' }), expect.anything()),
  )
})

test('connecting read-only protects the account at once', async () => {
  const setProtection = vi.fn(async () => {})
  const { user } = show({ inspectClipboard: async () => aReport(), signIn: async () => anAccount(), setProtection })
  await user.click(screen.getByRole('button', { name: 'Paste' }))
  await user.click(await screen.findByRole('checkbox', { name: /Connect read-only/ }))
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  await vi.waitFor(() =>
    expect(setProtection).toHaveBeenCalledWith({ id: 'account-1', protection: 'read-only' }, expect.anything()),
  )
})

test('what is not a token is refused in a sentence', async () => {
  const { user } = show({
    inspectClipboard: async () => {
      throw new AppError('invalid-input', 'This is not a Fly.io token.')
    },
  })
  await user.click(screen.getByRole('button', { name: 'Paste' }))
  expect((await screen.findByRole('alert')).textContent).toBe('This is not a Fly.io token.')
  expect(screen.queryByRole('button', { name: /^Sign in/ })).toBeNull()
})

test('the flyctl login is offered only where flyctl is', async () => {
  const { user } = show({ inspectFlyctlLogin: async () => aReport({ kind: 'user' }) })
  await user.click(screen.getByRole('button', { name: 'Use it' }))
  expect(await screen.findByText('Personal token')).toBeDefined()
})

test('without flyctl there are two ways in', () => {
  show({}, { flyctl: { status: 'absent' } })
  expect(screen.queryByText('Use the flyctl login')).toBeNull()
})

test('the demo is one press away', async () => {
  const { user, onSignedIn } = show({ exploreDemo: async () => anAccount({ demo: true }) })
  await user.click(screen.getByRole('button', { name: 'Explore' }))
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalled())
})
