import { expect, test } from 'vitest'
import type { FlyEvent } from '#shared/machines/machine-events.ts'
import { mergeMachine } from './known-machine.ts'
import { entriesOfEvents, entryOf } from './ledger-entries.ts'
import { fullMachine, seenMachine } from './machine.test-data.ts'

const event = (at: number, type: string, status: string, over: Partial<FlyEvent> = {}): FlyEvent => {
  return { id: `e${at}`, type, status, source: 'flyd', at, ...over }
}
const events = [
  event(50, 'start', 'started'),
  event(49, 'start', 'starting'),
  event(40, 'exit', 'stopped', { exit: { exitCode: 1 } }),
  event(35, 'exit', 'stopped', { exit: { exitCode: 1, restarting: true } }),
  event(20, 'start', 'started'),
  event(10, 'exit', 'stopped'),
]
const statesSince = (from: number) =>
  entriesOfEvents({ machine: fullMachine({ events }), org: 'acme', from }).map(({ at, state }) => `${at} ${state}`)

test('events tell the states since a moment and the one it began with', () => {
  expect(statesSince(0)).toEqual(['50 started', '40 stopped', '20 started', '10 stopped'])
  expect(statesSince(30)).toEqual(['50 started', '40 stopped', '20 started'])
  expect(statesSince(60)).toEqual(['50 started'])
})

test('the state a machine is in carries what it costs', () => {
  const known = mergeMachine(undefined, [seenMachine(fullMachine({ events }))])
  if (!known) throw new Error('none')
  expect(entryOf(known)).toMatchObject({
    at: 50,
    state: 'started',
    how: 'event',
    guest: { memoryMb: 512 },
    org: 'acme',
  })
})
