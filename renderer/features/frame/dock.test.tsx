import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { Dock } from './dock.tsx'
import { createDockStore } from './dock-store.ts'
import { openTab } from './dock-tabs.ts'

afterEach(cleanup)

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>()
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) }
}

function show() {
  const storage = memory()
  const store = createDockStore(storage, 'dock')
  for (const machineId of ['a1', 'b2'])
    store.change((dock) => openTab(dock, { kind: 'terminal', app: 'ws', machineId, title: machineId }, machineId))
  const onClosed = vi.fn()
  render(<Dock store={store} content={({ title }) => <p>shell of {title}</p>} hidden={false} onClosed={onClosed} />)
  return { store, storage, onClosed, user: userEvent.setup() }
}

const hidden = (text: string) => screen.getByText(text).closest('[role="tabpanel"]')?.hasAttribute('hidden')

test('a tab that is not in front stays alive', async () => {
  const { user } = show()
  expect([hidden('shell of a1'), hidden('shell of b2')]).toEqual([true, false])
  await user.click(screen.getByRole('button', { name: 'a1' }))
  expect([hidden('shell of a1'), hidden('shell of b2')]).toEqual([false, true])
})

test('closing a tab ends what it stood for', async () => {
  const { user, onClosed } = show()
  await user.click(screen.getByRole('button', { name: 'Close b2' }))
  expect(onClosed).toHaveBeenCalledWith(expect.objectContaining({ machineId: 'b2' }))
  expect(screen.queryByText('shell of b2')).toBeNull()
})

test('the edge is moved with the arrow keys', async () => {
  const { user, store } = show()
  const before = store.state().height
  screen.getByRole('separator').focus()
  await user.keyboard('{ArrowUp}')
  expect(store.state().height).toBeGreaterThan(before)
})

test('tabs survive a reload, and what cannot be read is forgotten', () => {
  const { storage } = show()
  expect(createDockStore(storage, 'dock').state().tabs).toHaveLength(2)
  storage.setItem('dock', '{"tabs":7}')
  expect(createDockStore(storage, 'dock').state().tabs).toEqual([])
})
