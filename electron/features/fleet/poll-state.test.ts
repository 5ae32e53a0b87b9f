import { expect, test } from 'vitest'
import { AppError } from '#shared/ipc/errors.ts'
import type { KnownMachine } from './known-schema.ts'
import { dueParts, hasten, newOrgPoll, nextStatus, pauseMs, verdictOf } from './poll-state.ts'
import { appsToSweep, machinesToRead } from './sweep.ts'

test('polling is quick while watched, slow while not, and backs off while it fails', () => {
  expect(pauseMs({ watched: true, failures: 0 })).toBe(2_000)
  expect(pauseMs({ watched: false, failures: 0 })).toBe(30_000)
  expect(pauseMs({ watched: true, failures: 2 })).toBe(8_000)
  expect(pauseMs({ watched: true, failures: 20 })).toBe(60_000)
  expect(pauseMs({ watched: false, failures: 20 })).toBe(60_000)
})

const failed = (code: AppError['code'], succeeded = 0) =>
  verdictOf({ succeeded, errors: [new AppError(code, 'why')] }).connection

test('one part that worked is a connection; a refused token is not an absent network', () => {
  expect(verdictOf({ succeeded: 3, errors: [] })).toEqual({ connection: 'connected' })
  expect(failed('unavailable')).toBe('offline')
  expect(failed('unavailable', 1)).toBe('connected')
  expect(failed('unauthenticated')).toBe('refused')
  expect(failed('forbidden')).toBe('refused')
  expect(failed('rate-limited')).toBe('connected')
})

test('what a round does not tell stays as it was', () => {
  const before = {
    source: 'live',
    connection: 'connected',
    updatedAt: 5,
    lagMs: 70,
    rateLimitFree: 1,
    errorRegions: [],
  } as const
  const verdict = verdictOf({ succeeded: 0, errors: [new AppError('unavailable', 'why')] })
  const round = { verdict, succeeded: 0, lagMs: undefined, errorRegions: ['fra', 'fra'], rateLimitFree: 0.5, now: 9 }
  expect(nextStatus({ before: { ...before, errorRegions: [] }, ...round })).toEqual({
    source: 'live',
    connection: 'offline',
    updatedAt: 5,
    lagMs: 70,
    rateLimitFree: 0.5,
    errorRegions: ['fra'],
    problem: { code: 'unavailable', message: 'why' },
  })
})

test('the first round reads whole lists, the next ones what changed', () => {
  const poll = newOrgPoll('acme')
  expect(dueParts(poll, 1e9)).toEqual({ machinesFull: true, volumes: true, volumesFull: true, apps: true })
  const read = {
    ...poll,
    machinesUntil: 1,
    machinesFullAt: 1e9,
    volumesUntil: 1,
    volumesFullAt: 1e9,
    volumesAt: 1e9,
    appsAt: 1e9,
  }
  expect(dueParts(read, 1e9 + 2_000)).toEqual({ machinesFull: false, volumes: false, volumesFull: false, apps: false })
  expect(dueParts(read, 1e9 + 10_000).volumes).toBe(true)
  expect(dueParts(read, 1e9 + 300_000).machinesFull).toBe(true)
  hasten(read, 1e9)
  hasten(read, 1e9)
  expect(dueParts(read, 1e9)).toMatchObject({ volumes: false, apps: false })
  expect(dueParts(read, 1e9 + 2_000)).toMatchObject({ volumes: true, apps: true })
})

function known(
  id: string,
  { state = 'started', core = 10, details }: { state?: string; core?: number; details?: number },
): KnownMachine {
  const value = { name: id, app: 'shop', org: 'acme', state, region: 'fra', createdAt: 0 }
  return {
    id,
    core: { updatedAt: core, readAt: 1, value },
    ...(details === undefined
      ? {}
      : { details: { updatedAt: details, readAt: 1, value: { hostStatus: 'ok' as const } } }),
    since: { state, at: 0, exact: false },
  }
}

test('apps with news are read in full first, the others once a minute', () => {
  const machinesOf = new Map([
    ['quiet', [known('m1', { details: 10 })]],
    ['fresh', [known('m2', { core: 20, details: 10 })]],
    ['new', [known('m3', {})]],
  ])
  const now = 1_000_000
  const sweptAt = new Map([
    ['quiet', now - 59_000],
    ['fresh', now - 5_000],
    ['new', now - 1_000],
  ])
  expect(appsToSweep({ machinesOf, sweptAt, now })).toEqual(['fresh'])
  expect(appsToSweep({ machinesOf, sweptAt, now: now + 4_000 })).toEqual(['fresh', 'new', 'quiet'])
})

test('machines between two states are read one by one, those not read for longest first', () => {
  const machines = Array.from({ length: 30 }, (_, n) => known(`m${n}`, { state: 'starting', details: 1 }))
  expect(machinesToRead([...machines, known('still', {})])).toHaveLength(20)
  expect(machinesToRead([known('still', {}), known('moving', { state: 'stopping' })])).toEqual([
    { app: 'shop', id: 'moving' },
  ])
})
