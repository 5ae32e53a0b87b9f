import { cleanup, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { createShortcutRegistry } from './shortcuts.ts'
import { ShortcutProvider } from './shortcuts-context.tsx'

afterEach(cleanup)

async function pressBeside(attributes: Readonly<Record<string, string>>) {
  const run = vi.fn()
  const registry = createShortcutRegistry()
  registry.add([{ keys: 'Ctrl+K', label: 'Search', scope: 'anywhere', run }])
  render(
    <ShortcutProvider registry={registry}>
      <div {...attributes} />
    </ShortcutProvider>,
  )
  await userEvent.keyboard('{Control>}k{/Control}')
  return run
}

test('a dialog keeps the keys of the page quiet', async () => {
  expect(await pressBeside({ role: 'alertdialog' })).not.toHaveBeenCalled()
})

test('a toast, which says that it is a dialog too, does not', async () => {
  expect(await pressBeside({ role: 'alertdialog', 'data-toast': '' })).toHaveBeenCalledOnce()
})
