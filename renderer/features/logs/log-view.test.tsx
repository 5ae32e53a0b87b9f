import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, expect, test, vi } from 'vitest'
import { FleetProvider } from '#renderer/lib/fleet-context.tsx'
import { renderWithIpc } from '#renderer/test/render.tsx'
import type { LogBatch, LogLevel, LogLine } from '#shared/contracts/logs.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { LogView } from './log-view.tsx'
import { LogsPage } from './logs-page.tsx'

// jsdom measures nothing.
beforeAll(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
})

let next = 0
const line = (message: string, level: LogLevel = 'info'): LogLine => ({
  id: `id${next++}`,
  timestamp: '2026-11-21T10:00:00.123456789Z',
  level,
  provider: 'app',
  region: 'fra',
  machineId: '148e21ea7de918',
  message,
})

const forever = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))

const tailOf = (...batches: LogBatch[]) => ({
  async *tail(_: { app: string }, { signal }: { signal: AbortSignal }) {
    yield* batches
    await forever(signal)
  },
})

test('lines are shown with time, level, machine and text; gaps and trouble in words', async () => {
  const gap = { from: '2026-11-21T10:00:00Z', to: '2026-11-21T10:01:52Z', reason: 'Fly.io did not answer.' }
  renderWithIpc(<LogView app="shop" />, {
    logs: tailOf(
      { lines: [line('first')] },
      { lines: [line('\u001b[31mboom\u001b[0m', 'error')], gap, trouble: 'Hangar keeps trying.' },
    ),
  })
  expect(await screen.findByText('boom')).toBeDefined()
  expect(screen.getByText('Gap of 1 m 52 s: Fly.io did not answer.')).toBeDefined()
  expect(screen.getByText('Hangar keeps trying.')).toBeDefined()
  expect(screen.getByRole('button', { name: 'Error 1' })).toBeDefined()
  expect(screen.getAllByText('148e21ea7de918')).toHaveLength(2)
})

test('the filter marks its hits, a level can be hidden, and no match offers the way back', async () => {
  const user = userEvent.setup()
  renderWithIpc(<LogView app="shop" />, { logs: tailOf({ lines: [line('GET /health'), line('disk full', 'warn')] }) })
  await user.type(await screen.findByRole('textbox', { name: 'Filter lines' }), 'HEALTH')
  expect((await screen.findByText('health', { selector: 'mark' })).textContent).toBe('health')
  expect(screen.queryByText('disk full')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Info 1' }))
  await user.click(await screen.findByRole('button', { name: 'Show all lines' }))
  expect(await screen.findByText('disk full')).toBeDefined()
})

test('pausing counts what is new, End follows again', async () => {
  let more: (batch: LogBatch) => void = () => {}
  renderWithIpc(<LogView app="shop" />, {
    logs: {
      async *tail(_, { signal }) {
        yield { lines: [line('one')] }
        yield await new Promise<LogBatch>((resolve) => {
          more = resolve
        })
        await forever(signal)
      },
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Pause' }))
  await screen.findByText('0 new lines')
  more({ lines: [line('two'), line('three')] })
  await screen.findByText('2 new lines')
  fireEvent.keyDown(screen.getByRole('region', { name: 'Log lines of shop' }), { key: 'End' })
  await waitFor(() => expect(screen.queryByText('Paused')).toBeNull())
})

test('what is copied is what is shown, as text; clearing empties the view', async () => {
  const copied: string[] = []
  renderWithIpc(<LogView app="shop" machineId="148e21ea7de918" />, {
    logs: tailOf({ lines: [line('one'), line('two')] }),
    desktop: { copyText: async ({ text }) => void copied.push(text) },
  })
  await screen.findByText('two')
  fireEvent.click(screen.getByRole('button', { name: 'Copy selection or all shown lines' }))
  await waitFor(() => expect(copied[0]?.split('\n')).toHaveLength(2))
  fireEvent.click(screen.getByRole('button', { name: 'Clear this view' }))
  expect(await screen.findByText('No lines yet')).toBeDefined()
})

test('a failure is explained, and trying again opens the tail again', async () => {
  let tries = 0
  renderWithIpc(<LogView app="gone" />, {
    logs: {
      async *tail(_, { signal }) {
        tries += 1
        if (tries === 1) throw new AppError('not-found', 'Fly.io knows no app of that name.')
        yield { lines: [line('back')] }
        await forever(signal)
      },
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('knows no app')
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('back')).toBeDefined()
})

test('the page asks whose logs, until an app is chosen', async () => {
  const fleet = {
    async *watch(_: object, { signal }: { signal: AbortSignal }) {
      await forever(signal)
      yield* []
    },
  }
  renderWithIpc(
    <FleetProvider>
      <LogsPage target={undefined} onTarget={() => {}} />
    </FleetProvider>,
    { fleet },
  )
  expect(await screen.findByText('Whose logs?')).toBeDefined()
  expect(screen.getByRole('combobox', { name: 'App' })).toBeDefined()
})
