import { expect, test } from 'vitest'
import type { Change } from '#shared/contracts/operations.ts'
import { operationHandlers } from './handlers.ts'
import { targetsOf, type World } from './test-world.ts'
import { worldForEachTest } from './world-for-tests.ts'

let world: World
worldForEachTest((made) => {
  world = made
})

test('cancelling leaves what is done and begins no more', async () => {
  const machines = world.pick('started', 2)
  const { id } = world.operations.run({ kind: 'stop', machines: targetsOf(machines) })
  world.operations.cancel(id)
  await world.operations.settled()
  const { operation, items } = world.operations.detail(id) ?? {}
  expect(['cancelled', 'done']).toContain(operation?.status)
  expect(items?.every(({ status }) => status === 'cancelled' || status === 'done')).toBe(true)
  await world.look()
})

test('a read-only account changes nothing, and a protected one wants it typed', () => {
  const change: Change = { kind: 'stop', machines: targetsOf(world.pick('started')) }
  world.person.account.protection = 'read-only'
  expect(() => world.operations.plan(change)).toThrow('read-only')
  expect(() => world.operations.run(change)).toThrow('read-only')
  world.person.account.protection = 'protected'
  expect(() => world.operations.run(change)).toThrow('to confirm')
  expect(world.operations.list()).toEqual([])
})

test('what was running when the app ended is interrupted at the next start', async () => {
  const recorded = world.operations.recordOperation(world.person.accounts.current(), {
    kind: 'deploy',
    title: 'Deploy shop',
    item: { app: 'shop', label: 'shop' },
  })
  const detail = world.open().detail(recorded.id)
  expect(detail?.operation.status).toBe('interrupted')
  expect(detail?.items[0]).toMatchObject({ status: 'failed' })
  expect(world.operations.list()[0]?.id).toBe(recorded.id)
})

test('signing out ends an operation where it stands', async () => {
  const { id } = world.operations.run({ kind: 'stop', machines: targetsOf(world.pick('started', 2)) })
  world.person.signOut()
  await world.operations.settled()
  expect(world.operations.detail(id)?.operation.status).toBe('interrupted')
  await world.look().catch(() => {})
})

test('a deployment is kept like any other operation', () => {
  const { id, finish } = world.operations.recordOperation(world.person.accounts.current(), {
    kind: 'deploy',
    title: 'Deploy shop',
    item: { app: 'shop', label: 'shop' },
  })
  expect(world.operations.detail(id)?.items[0]?.status).toBe('running')
  finish({ status: 'done', result: 'Deployed.' })
  expect(world.operations.detail(id)).toMatchObject({
    operation: { status: 'done', counts: { done: 1 } },
    items: [{ result: 'Deployed.' }],
  })
})

test('the page sees the list at once and each move of an operation until its end', async () => {
  const handlers = operationHandlers({ operations: world.operations, accounts: world.person.accounts })
  const controller = new AbortController()
  const lists = handlers.watch({}, { signal: controller.signal })[Symbol.asyncIterator]()
  expect((await lists.next()).value).toEqual([])
  const { id } = await handlers.run(
    { change: { kind: 'stop', machines: targetsOf(world.pick('started')) } },
    { signal: world.signal },
  )
  expect((await lists.next()).value?.[0]?.id).toBe(id)
  const seen: string[] = []
  for await (const { operation } of handlers.watchOne({ id }, { signal: world.signal })) seen.push(operation.status)
  expect(seen.at(-1)).toBe('done')
  controller.abort()
  await expect(
    handlers.watchOne({ id: 'none' }, { signal: world.signal })[Symbol.asyncIterator]().next(),
  ).rejects.toMatchObject({
    code: 'not-found',
  })
})
