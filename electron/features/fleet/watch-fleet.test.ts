import { expect, test } from 'vitest'
import { createChanges } from '#electron/lib/changes.ts'
import type { FleetStatus, FleetUpdate } from '#shared/contracts/fleet.ts'
import type { FleetSession } from './fleet-session.ts'
import type { SeenMachine } from './known-machine.ts'
import { fullMachine, seenMachine } from './machine.test-data.ts'
import { createPicture, type FleetChanges } from './picture.ts'
import { watchFleet } from './watch-fleet.ts'

const status: FleetStatus = { source: 'live', connection: 'connected', rateLimitFree: 1, errorRegions: [] }

/** A session without a network: what is seen is told at once. */
function setup() {
  const picture = createPicture((app) => `${app}.fly.dev`)
  const listeners = new Set<(changes: FleetChanges) => void>()
  const moved = createChanges()
  const ended = new AbortController()
  let watchers = 0
  let shown = 0
  const session = {
    picture,
    ended: ended.signal,
    status: () => status,
    onStatus: moved.on,
    onChanges(listener: (changes: FleetChanges) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    shown() {
      shown += 1
    },
    attach() {
      watchers += 1
      return () => {
        watchers -= 1
      }
    },
  } satisfies Pick<FleetSession, 'picture' | 'ended' | 'status' | 'onStatus' | 'onChanges' | 'attach' | 'shown'>
  const take = (machines: SeenMachine[]) => {
    picture.seeMachines(machines)
    const changes = picture.settle()
    for (const listener of listeners) listener(changes)
  }
  const see = (id: string, state: string, updatedAt: number) =>
    take([seenMachine(fullMachine({ id, state, updatedAt }))])
  const seeAll = (ids: string[]) => take(ids.map((id) => seenMachine(fullMachine({ id }))))
  const updates = watchFleet(session, new AbortController().signal)
  return {
    see,
    seeAll,
    updates,
    end: () => ended.abort(),
    watching: () => watchers,
    listening: () => listeners.size,
    shown: () => shown,
  }
}

test('a slow reader gets the newest rows once, however often they changed', async () => {
  const { see, updates } = setup()
  see('m1', 'starting', 1)
  expect((await updates.next()).value).toMatchObject({
    reset: true,
    machines: { put: [{ id: 'm1', state: 'starting' }] },
  })
  for (let n = 2; n < 50; n += 1) see('m1', n % 2 ? 'started' : 'stopped', n)
  see('m2', 'started', 1)
  see('m2', 'destroyed', 2)
  const { value }: { value: FleetUpdate } = await updates.next()
  expect(value.reset).toBe(false)
  expect(value.machines.put.map(({ id, state }) => `${id} ${state}`)).toEqual(['m1 started'])
  expect(value.machines.remove).toEqual(['m2'])
})

test('a large fleet comes in parts, and what moves meanwhile after them', async () => {
  const { seeAll, see, updates, shown } = setup()
  seeAll(Array.from({ length: 4_500 }, (_, n) => `m${n}`))
  const parts: FleetUpdate[] = []
  for (let n = 0; n < 3; n += 1) {
    const { value }: { value: FleetUpdate } = await updates.next()
    parts.push(value)
    see('m3', 'stopped', 20 + n)
  }
  expect(parts.map(({ reset }) => reset)).toEqual([true, false, false])
  expect(parts.map(({ apps }) => apps.put.length)).toEqual([1, 0, 0])
  expect(parts.map(({ machines }) => machines.put.length)).toEqual([2_000, 2_000, 500])
  expect(new Set(parts.flatMap(({ machines }) => machines.put.map(({ id }) => id))).size).toBe(4_500)
  expect(shown()).toBe(0)
  const { value }: { value: FleetUpdate } = await updates.next()
  expect(shown()).toBe(1)
  expect(value.machines.put.map(({ id, state }) => `${id} ${state}`)).toEqual(['m3 stopped'])
})

test('an empty fleet is a whole picture too', async () => {
  const { updates } = setup()
  const { value }: { value: FleetUpdate } = await updates.next()
  expect(value).toMatchObject({ reset: true, apps: { put: [] }, machines: { put: [] }, volumes: { put: [] } })
})

test('a reader that leaves, or an account that ends, is listened to no more', async () => {
  const left = setup()
  await left.updates.next()
  expect(left.watching()).toBe(1)
  await left.updates.return(undefined)
  expect([left.watching(), left.listening()]).toEqual([0, 0])

  const ended = setup()
  await ended.updates.next()
  const next = ended.updates.next()
  ended.end()
  expect(await next).toEqual({ done: true, value: undefined })
  expect([ended.watching(), ended.listening()]).toEqual([0, 0])
})
