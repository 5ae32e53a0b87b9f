import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderWithIpc } from '#renderer/test/render.tsx'
import { CopyProvider } from '#renderer/ui/copy-context.ts'
import type { contract } from '#shared/contract.ts'
import type { Settings } from '#shared/contracts/settings.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { SettingsPage } from './settings-page.tsx'

const SETTINGS: Settings = { theme: 'system', density: 'default', proxyUrl: '', caFile: '', flyctlPath: '' }

type Change = Handlers<typeof contract>['settings']['change']

function show(change: Change) {
  const reveal = vi.fn(async () => {})
  renderWithIpc(
    <CopyProvider value={() => {}}>
      <SettingsPage settings={SETTINGS} />
    </CopyProvider>,
    {
      settings: {
        change,
        reveal,
        about: async () => ({
          version: '0.1.0',
          runtime: 'a test',
          platform: 'linux',
          settingsFile: '/home/usr_1/settings.json',
          logFile: '/home/usr_1/hangar.log',
          databaseFile: '/home/usr_1/hangar.db',
          flyctl: '/usr/bin/flyctl 0.4.87',
        }),
      },
    },
  )
  return { user: userEvent.setup(), reveal }
}

test('theme and density change at once', async () => {
  const change = vi.fn<Change>(async () => SETTINGS)
  const { user } = show(change)
  await user.click(screen.getByRole('button', { name: 'Dark' }))
  await user.click(screen.getByRole('button', { name: 'Compact' }))
  await vi.waitFor(() =>
    expect(change.mock.calls.map(([input]) => input)).toEqual([{ theme: 'dark' }, { density: 'compact' }]),
  )
})

test('a proxy is stored when its field is left', async () => {
  const change = vi.fn<Change>(async () => SETTINGS)
  const { user } = show(change)
  await user.type(screen.getByLabelText('Proxy'), 'http://proxy.example:3128')
  await user.tab()
  await vi.waitFor(() => expect(change.mock.calls[0]?.[0]).toEqual({ proxyUrl: 'http://proxy.example:3128' }))
})

test('what main refuses is said under the field', async () => {
  const { user } = show(async () => {
    throw new AppError('invalid-input', 'There is no such file.')
  })
  await user.type(screen.getByLabelText('Extra certificates'), '/nowhere.pem{Enter}')
  expect(await screen.findByText('There is no such file.')).toBeDefined()
})

test('each file has a way there', async () => {
  const { user, reveal } = show(async () => SETTINGS)
  expect(await screen.findByText('/home/usr_1/hangar.log')).toBeDefined()
  const [, log] = screen.getAllByRole('button', { name: 'Show' })
  if (log) await user.click(log)
  await vi.waitFor(() => expect(reveal).toHaveBeenCalledWith({ file: 'log' }, expect.anything()))
})
