import { expect, test } from 'vitest'
import { isGone } from './machine-state.ts'
import { type MachineVerb, TARGET_STATE, whyNot } from './machine-verbs.ts'

const VERBS: readonly MachineVerb[] = ['start', 'stop', 'suspend', 'restart', 'destroy']

test('a machine already where the verb leads is said to be there', () => {
  expect(whyNot('start', { state: 'started' })).toBe('already started')
  expect(whyNot('stop', { state: 'stopped' })).toBe('already stopped')
  expect(whyNot('suspend', { state: 'suspended' })).toBe('already suspended')
})

test('a failed machine may be started and stopped, not restarted', () => {
  expect(whyNot('start', { state: 'failed' })).toBeUndefined()
  expect(whyNot('stop', { state: 'failed' })).toBeUndefined()
  expect(whyNot('restart', { state: 'failed' })).toBe('cannot restart while failed')
})

test('nothing but destroy applies while a machine is on its way, or its host is away', () => {
  expect(whyNot('start', { state: 'stopping' })).toBe('stopping: wait until that is over')
  expect(whyNot('stop', { state: 'started', hostStatus: 'unreachable' })).toBe('its host cannot be reached')
  expect(whyNot('destroy', { state: 'starting', hostStatus: 'unreachable' })).toBeUndefined()
  expect(whyNot('destroy', { state: 'destroying' })).toBe('already being destroyed')
})

test('nothing applies to a machine that is gone', () => {
  expect(isGone('stopped')).toBe(false)
  for (const verb of VERBS) {
    expect(isGone(TARGET_STATE[verb])).toBe(verb === 'destroy')
    for (const state of ['destroyed', 'replaced', 'migrated']) {
      expect(whyNot(verb, { state })).toBe('already destroyed')
    }
  }
})
