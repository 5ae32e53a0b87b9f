import { expect, test } from 'vitest'
import { closeTab, EMPTY_DOCK, openTab, setHeight, setSession, setView, showTab } from './dock-tabs.ts'

const terminal = (machineId: string) => ({ kind: 'terminal', app: 'ws', machineId, title: machineId }) as const
const three = ['a1', 'b2', 'c3'].reduce((dock, id) => openTab(dock, terminal(id), id), EMPTY_DOCK)

test('a new tab comes forward', () => {
  expect(three.tabs.map(({ id }) => id)).toEqual(['a1', 'b2', 'c3'])
  expect(three.activeId).toBe('c3')
})

test('opening the same machine again shows its tab, also out of a collapsed dock', () => {
  const again = openTab(setView(three, 'collapsed'), terminal('a1'), 'other')
  expect(again.tabs).toHaveLength(3)
  expect(again).toMatchObject({ activeId: 'a1', view: 'open' })
})

test('closing the tab in front brings its neighbour forward', () => {
  expect(closeTab(showTab(three, 'b2'), 'b2').activeId).toBe('c3')
  expect(closeTab(three, 'c3').activeId).toBe('b2')
  expect(closeTab(three, 'a1').activeId).toBe('c3')
})

test('the last tab leaves an empty dock', () => {
  const one = openTab(EMPTY_DOCK, terminal('a1'), 'a1')
  expect(closeTab(setView(one, 'maximised'), 'a1')).toEqual(EMPTY_DOCK)
})

test('a terminal keeps its session', () => {
  const kept = setSession(three, 'b2', '3b241101-e2bb-4255-8caf-4136c566a962')
  expect(kept.tabs[1]).toMatchObject({ id: 'b2', sessionId: '3b241101-e2bb-4255-8caf-4136c566a962' })
})

test('the height leaves room for the tabs and for the work', () => {
  expect(setHeight(three, 10, 900).height).toBe(96)
  expect(setHeight(three, 5000, 900).height).toBe(740)
})
