import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { anAccount, aSession } from '#renderer/test/account.ts'
import { type FakeHandlers, renderWithIpc } from '#renderer/test/render.tsx'
import { ToastProvider } from '#renderer/ui/toast.tsx'
import { AppError } from '#shared/ipc/errors.ts'
import { AccountSwitcher } from './account-switcher.tsx'

const mine = anAccount()
const demo = anAccount({ id: 'demo', label: 'Demo fleet', demo: true })

async function open(accounts: FakeHandlers['accounts']) {
  const onAdd = vi.fn()
  renderWithIpc(
    <ToastProvider>
      <AccountSwitcher session={aSession({ accounts: [mine, demo] })} account={mine} onAdd={onAdd} />
    </ToastProvider>,
    { accounts },
  )
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: /^Account: Acme Workspaces/ }))
  return { user, onAdd }
}

test('another account is chosen from the menu', async () => {
  const change = vi.fn(async () => {})
  const { user } = await open({ switch: change })
  await user.click(await screen.findByRole('menuitemradio', { name: /Demo fleet/ }))
  await vi.waitFor(() => expect(change).toHaveBeenCalledWith({ id: 'demo' }, expect.anything()))
})

test('the account can be made read-only', async () => {
  const setProtection = vi.fn(async () => {})
  const { user } = await open({ setProtection })
  await user.click(await screen.findByRole('menuitemradio', { name: /Read-only/ }))
  await vi.waitFor(() =>
    expect(setProtection).toHaveBeenCalledWith({ id: 'account-1', protection: 'read-only' }, expect.anything()),
  )
})

test('signing out says what happens before it does', async () => {
  const signOut = vi.fn(async () => {})
  const { user } = await open({ signOut })
  await user.click(await screen.findByRole('menuitem', { name: /Sign out/ }))
  expect(await screen.findByText('The token leaves the keychain')).toBeDefined()
  expect(signOut).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Sign out' }))
  await vi.waitFor(() => expect(signOut).toHaveBeenCalledWith({ id: 'account-1' }, expect.anything()))
})

test('a failed switch is said in a toast that stays', async () => {
  const { user } = await open({
    switch: async () => {
      throw new AppError('keychain', 'The keychain is locked.')
    },
  })
  await user.click(await screen.findByRole('menuitemradio', { name: /Demo fleet/ }))
  expect(await screen.findByText('The keychain is locked.')).toBeDefined()
})
