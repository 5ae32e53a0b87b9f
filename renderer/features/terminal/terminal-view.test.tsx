import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { renderWithIpc } from '#renderer/test/render.tsx'
import type { TerminalOutput, TerminalSession } from '#shared/contracts/terminal.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { TerminalView } from './terminal-view.tsx'
import { TerminalsPage } from './terminals-page.tsx'

const ID = '6f2a1c1e-6f5e-4d0c-9e77-0a5c1f1e2d3b'
const NEXT = '7f2a1c1e-6f5e-4d0c-9e77-0a5c1f1e2d3b'
const session = (id: string, state: TerminalSession['state'] = { status: 'open' }): TerminalSession => ({
  id,
  app: 'shop',
  machineId: '148e21ea7de918',
  title: 'shop web',
  openedAt: 0,
  state,
})

// jsdom measures nothing and paints nothing: xterm needs both questions answered.
beforeAll(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  }))
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
})

const bytes = (text: string, replayed = false): TerminalOutput => ({
  type: 'bytes',
  bytes: new TextEncoder().encode(text),
  replayed,
})

test('a console is opened, its end is explained, and Reconnect opens another', async () => {
  const opened: string[] = []
  const closed: string[] = []
  const ids = [ID, NEXT]
  renderWithIpc(
    <TerminalView app="shop" machineId="148e21ea7de918" title="shop web" onSession={(id) => opened.push(id)} />,
    {
      terminal: {
        open: async () => session(ids.shift() ?? ''),
        resize: async () => {},
        close: async ({ id }) => void closed.push(id),
        async *attach({ id }, { signal }) {
          yield bytes('ready\r\n')
          if (id === ID) yield { type: 'closed', reason: 'The shell ended with exit status 3.' }
          else await new Promise((resolve) => signal.addEventListener('abort', resolve))
        },
      },
    },
  )
  expect(screen.getByRole('status').textContent).toContain('Connecting')
  expect((await screen.findByRole('alert')).textContent).toContain('exit status 3')
  fireEvent.click(screen.getByRole('button', { name: 'Reconnect' }))
  await waitFor(() => expect(opened).toEqual([ID, NEXT]))
  expect(closed).toEqual([ID])
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
})

test('an answer to a query is sent once: not when the query is replayed', async () => {
  const written: string[] = []
  const query = '\u001b[6n'
  let ready = () => {}
  const replayDone = new Promise<void>((resolve) => {
    ready = resolve
  })
  renderWithIpc(<TerminalView sessionId={ID} app="shop" machineId="m1" title="t" onSession={() => {}} />, {
    terminal: {
      resize: async () => {},
      write: async ({ text }) => void written.push(text),
      async *attach(_, { signal }) {
        yield bytes(`old${query}`, true)
        ready()
        yield bytes(`new\r\n${query}`)
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    },
  })
  await act(() => replayDone)
  await waitFor(() => expect(written).toEqual(['\u001b[2;1R']))
})

test('a refusal to open is told with a way to try again', async () => {
  renderWithIpc(<TerminalView app="shop" machineId="m1" title="t" onSession={() => {}} />, {
    terminal: {
      open: async () => {
        throw new AppError('missing-tool', 'Install flyctl to open consoles.')
      },
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('Install flyctl')
  expect(screen.getByRole('button', { name: 'Reconnect' })).toBeDefined()
})

test('the page says how to open a terminal when there is none', async () => {
  const shown: boolean[] = []
  renderWithIpc(<TerminalsPage onSession={() => {}} onShowMachines={() => shown.push(true)} />, {
    terminal: { sessions: async () => [] },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'Show machines' }))
  expect(shown).toEqual([true])
})

test('each session is a tab, and its cross closes it', async () => {
  const sessions = [
    session(ID),
    { ...session(NEXT, { status: 'closed', reason: 'The shell ended.' }), title: 'worker' },
  ]
  renderWithIpc(<TerminalsPage sessionId={ID} onSession={() => {}} onShowMachines={() => {}} />, {
    terminal: {
      sessions: async () => [...sessions],
      resize: async () => {},
      close: async ({ id }) =>
        void sessions.splice(
          sessions.findIndex((each) => each.id === id),
          1,
        ),
      async *attach(_, { signal }) {
        yield bytes('$ ')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    },
  })
  expect((await screen.findByRole('tab', { name: 'shop web' })).getAttribute('aria-selected')).toBe('true')
  fireEvent.click(screen.getByTitle('Close worker'))
  await waitFor(() => expect(screen.queryByRole('tab', { name: 'worker' })).toBeNull())
})
