import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { CommandPalette } from './command-palette.tsx'
import type { PaletteEntry } from './palette-entries.ts'

afterEach(cleanup)

function show(prefix: '' | '>' = '') {
  const run = vi.fn()
  const onClose = vi.fn()
  const entry = (group: PaletteEntry['group'], label: string, hint?: string): PaletteEntry => ({
    id: label,
    group,
    label,
    hint,
    icon: null,
    run: () => run(label),
  })
  const entries = [
    entry('Commands', 'Stop ws-8812', 'plan first'),
    entry('Machines', 'usr_8812', 'ws-8812 · 148e21ea7de918 · fra'),
    entry('Machines', 'usr_9001', 'ws-9001 · 568362bc042905 · iad'),
    entry('Go to', 'Machines'),
  ]
  render(<CommandPalette prefix={prefix} entries={entries} onClose={onClose} />)
  return { user: userEvent.setup(), run, onClose, field: screen.getByRole('combobox') }
}

const options = () => screen.getAllByRole('option').map(({ textContent }) => textContent)

test('typing an id finds the machine, Enter opens it', async () => {
  const { user, run, onClose, field } = show()
  await user.type(field, '568362')
  expect(options()).toEqual(['usr_9001ws-9001 · 568362bc042905 · iad'])
  await user.keyboard('{Enter}')
  expect(run).toHaveBeenCalledWith('usr_9001')
  expect(onClose).toHaveBeenCalled()
})

test('arrows move through the list and around its end', async () => {
  const { user, run, field } = show()
  await user.type(field, '{ArrowUp}{Enter}')
  expect(run).toHaveBeenCalledWith('Machines')
})

test('> leaves commands and pages only', async () => {
  show('>')
  expect(options()).toEqual(['Stop ws-8812plan first', 'Machines'])
})

test('nothing found says what can be found', async () => {
  const { user, field } = show()
  await user.type(field, 'zzzz')
  expect(screen.getByRole('status').textContent).toMatch(/found by id/)
})
