import { expect, test } from 'vitest'
import { chordOf, createShortcutRegistry, type Shortcut, shortcutFor } from './shortcuts.ts'

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
})

const SHORTCUTS: Shortcut[] = [
  { keys: 'Ctrl+K', label: 'Search', scope: 'anywhere', run: () => {} },
  { keys: 'Ctrl+Shift+P', label: 'Commands', scope: 'anywhere', run: () => {} },
  { keys: 'S', label: 'Stop or start', scope: 'table', run: () => {} },
  { keys: '?', label: 'This map', scope: 'anywhere', run: () => {} },
  { keys: 'Space', label: 'Mark', scope: 'table' },
]

const AT_REST = { inField: false, inTerminal: false, inDialog: false }
const find = (chord: string, situation = AT_REST) => shortcutFor(SHORTCUTS, { chord, situation, isMac: false })?.label

test('a press is written the way shortcuts are', () => {
  expect(chordOf(press('K', { ctrlKey: true, shiftKey: true }), false)).toBe('Ctrl+Shift+k')
  expect(chordOf(press('k', { metaKey: true }), true)).toBe('Ctrl+k')
  expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?')
  expect(chordOf(press('ArrowDown', { shiftKey: true }), false)).toBe('Shift+arrowdown')
})

test('shortcuts are found by their keys', () => {
  expect(find('Ctrl+k')).toBe('Search')
  expect(find('?')).toBe('This map')
  expect(find('Ctrl+x')).toBeUndefined()
})

test('letters belong to the field that has the focus, Ctrl keys still reach the app', () => {
  const typing = { ...AT_REST, inField: true }
  expect(find('s', typing)).toBeUndefined()
  expect(find('Ctrl+k', typing)).toBe('Search')
})

test('in a terminal unshifted Ctrl keys belong to the shell', () => {
  const inTerminal = { ...AT_REST, inField: true, inTerminal: true }
  expect(find('Ctrl+k', inTerminal)).toBeUndefined()
  expect(find('Ctrl+Shift+p', inTerminal)).toBe('Commands')
})

test('a dialog keeps the page behind it quiet', () => {
  expect(find('s', { ...AT_REST, inDialog: true })).toBeUndefined()
})

test('what is only described is never run', () => {
  expect(find('Space')).toBeUndefined()
})

test('what was added last wins, and leaves when its screen leaves', () => {
  const registry = createShortcutRegistry()
  registry.add(SHORTCUTS)
  const remove = registry.add([{ keys: 'S', label: 'Something else', scope: 'page', run: () => {} }])
  const run = () => shortcutFor(registry.all(), { chord: 's', situation: AT_REST, isMac: false })?.label
  expect(run()).toBe('Something else')
  remove()
  expect(run()).toBe('Stop or start')
})
