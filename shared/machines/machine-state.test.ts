import { expect, test } from 'vitest'
import { isTransient, machineStateLook, verbsFor } from './machine-state.ts'

const NOW = 1_700_000_000_000
const row = (state: string, ageMs = 0, hostStatus: 'ok' | 'unreachable' = 'ok') => ({
  state,
  hostStatus,
  since: NOW - ageMs,
})

test('a started machine is green and may be stopped, suspended and entered', () => {
  expect(machineStateLook(row('started'), NOW)).toMatchObject({ word: 'Started', tone: 'ok', stuck: false })
  expect(verbsFor('started')).toMatchObject({ start: false, stop: true, suspend: true, terminal: true })
})

test('a passing state becomes stuck after five minutes, updating after ten', () => {
  expect(machineStateLook(row('starting', 299_000), NOW)).toMatchObject({ icon: 'circle-arrow-up', stuck: false })
  expect(machineStateLook(row('starting', 301_000), NOW)).toMatchObject({ word: 'Starting', icon: 'hourglass' })
  expect(machineStateLook(row('updating', 301_000), NOW).stuck).toBe(false)
  expect(machineStateLook(row('updating', 601_000), NOW)).toMatchObject({ stuck: true, tone: 'warn' })
})

test('a machine at rest is never stuck', () => {
  expect(machineStateLook(row('stopped', 1e12), NOW).stuck).toBe(false)
})

test('an unreachable host hides the state behind a warning', () => {
  expect(machineStateLook(row('started', 0, 'unreachable'), NOW)).toMatchObject({ word: 'Unreachable', tone: 'warn' })
})

test('an unknown state is shown as its own word', () => {
  expect(machineStateLook(row('moving_house'), NOW)).toMatchObject({ word: 'Moving house', tone: 'off' })
})

test('while a state passes only a forced destroy is offered', () => {
  expect(isTransient('replacing')).toBe(true)
  expect(verbsFor('replacing')).toEqual({
    start: false,
    stop: false,
    suspend: false,
    restart: false,
    terminal: false,
    destroy: true,
    destroyNeedsForce: true,
  })
})

test('a machine that is gone offers nothing', () => {
  expect(Object.values(verbsFor('destroyed')).some(Boolean)).toBe(false)
})
