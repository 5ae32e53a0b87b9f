import { expect, test } from 'vitest'
import { groupShortcuts } from './group-shortcuts.ts'

test('keys for one thing stand together, groups without keys are left out', () => {
  const groups = groupShortcuts([
    { keys: 'Ctrl+R', label: 'Refresh', scope: 'anywhere' },
    { keys: 'L', label: 'Logs', scope: 'table' },
    { keys: 'F5', label: 'Refresh', scope: 'anywhere' },
    { keys: 'F5', label: 'Refresh', scope: 'anywhere' },
  ])
  expect(groups).toEqual([
    { title: 'Anywhere', entries: [{ label: 'Refresh', keys: ['Ctrl+R', 'F5'] }] },
    { title: 'Tables', entries: [{ label: 'Logs', keys: ['L'] }] },
  ])
})
