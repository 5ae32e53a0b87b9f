import { expect, test } from 'vitest'
import { z } from 'zod'
import { listVolumes } from '#electron/fly/volumes.ts'
import type { TestSimulator } from '#electron/test/simulator.ts'
import type { Change } from '#shared/contracts/operations.ts'
import { targetsOf, type World } from './test-world.ts'
import { worldForEachTest } from './world-for-tests.ts'

let world: World
let simulator: TestSimulator
worldForEachTest((made, fly) => {
  world = made
  simulator = fly
})

test('stopping some machines stops them, says so, and has their rows read again', async () => {
  const machines = world.pick('started', 3)
  const { operation, items } = await world.runToEnd({ kind: 'stop', machines: targetsOf(machines) })
  expect(operation).toMatchObject({
    status: 'done',
    title: 'Stop 3 machines',
    counts: { total: 3, done: 3, failed: 0 },
  })
  expect(items.map(({ result }) => result)).toEqual(['Stopped.', 'Stopped.', 'Stopped.'])
  for (const machine of machines) {
    expect(await world.stateOf(machine)).toBe('stopped')
    expect(world.hinted).toContain(machine.id)
  }
})

test('a machine can be started, suspended and restarted', async () => {
  const [machine] = targetsOf(world.pick('stopped'))
  if (!machine) throw new Error('none')
  expect((await world.runToEnd({ kind: 'start', machines: [machine] })).items[0]?.result).toBe('Started.')
  expect(await world.stateOf(machine)).toBe('started')
  await world.look()
  expect((await world.runToEnd({ kind: 'restart', machines: [machine] })).operation.status).toBe('done')
  await world.look()
  expect((await world.runToEnd({ kind: 'suspend', machines: [machine] })).operation.status).toBe('done')
  expect(await world.stateOf(machine)).toBe('suspended')
})

test('destroying needs the name typed, and takes the volume along where asked to', async () => {
  const machine = world.rows.machines.find(
    ({ role, volumeId, state }) => role === 'workspace' && volumeId && state === 'stopped',
  )
  if (!machine) throw new Error('none')
  const change: Change = { kind: 'destroy', machines: targetsOf([machine]), withVolumes: true }
  expect(() => world.operations.run(change, 'something else')).toThrow('to confirm')
  const { operation, items } = await world.runToEnd(change, world.operations.plan(change).typeToConfirm)
  expect(operation.status).toBe('done')
  expect(items[0]?.result).toBe('Destroyed, and its volume deleted.')
  expect(['gone', 'destroyed']).toContain(await world.stateOf(machine))
  const volumes = await listVolumes(world.fly, { app: machine.app, signal: world.signal })
  expect(volumes.find(({ id }) => id === machine.volumeId)?.state ?? 'gone').toMatch(/gone|destroy/)
})

test('a volume that the lists do not tie to its machine yet goes with it all the same', async () => {
  const machine = world.rows.machines.find(
    ({ role, volumeId, state }) => role === 'workspace' && volumeId && state === 'stopped',
  )
  if (!machine) throw new Error('none')
  const change: Change = { kind: 'destroy', machines: targetsOf([machine]), withVolumes: true }
  world.rows.volumes = world.rows.volumes.filter(({ id }) => id !== machine.volumeId)
  const { items } = await world.runToEnd(change, world.operations.plan(change).typeToConfirm)
  expect(items[0]?.result).toBe('Destroyed, and its volume deleted.')
})

test('a machine destroyed elsewhere fails with a sentence and its request, and the others are done', async () => {
  const [gone, there] = world.pick('started', 2)
  if (!gone || !there) throw new Error('none')
  await simulator.control('POST', '/destroy', { machine: gone.id })
  const { operation, items } = await world.runToEnd({ kind: 'stop', machines: targetsOf([gone, there]) })
  expect(operation).toMatchObject({ status: 'failed', counts: { done: 1, failed: 1 } })
  expect(items[0]).toMatchObject({ status: 'failed', error: { code: 'not-found' } })
  expect(items[0]?.result).toContain('destroyed elsewhere')
})

test('what Fly refuses is kept with the id of the request', async () => {
  const [machine] = world.pick('started')
  await simulator.control('POST', '/fail', {
    method: 'POST',
    path: `/v1/apps/*/machines/${machine?.id}/stop`,
    status: 500,
    body: { error: 'boom' },
  })
  const { items } = await world.runToEnd({ kind: 'stop', machines: targetsOf(world.pick('started')) })
  expect(items[0]).toMatchObject({ status: 'failed', error: { request: { method: 'POST', status: 500 } } })
  expect(items[0]?.error?.request?.requestId).toBeTruthy()
})

test('a machine that is as wanted already is left alone, and nothing to do is refused', async () => {
  const [stopped] = world.pick('stopped')
  const [started] = world.pick('started')
  if (!stopped || !started) throw new Error('none')
  const { items } = await world.runToEnd({ kind: 'stop', machines: targetsOf([stopped, started]) })
  expect(items.map(({ status }) => status)).toEqual(['skipped', 'done'])
  await world.look()
  expect(() => world.operations.run({ kind: 'stop', machines: targetsOf([stopped]) })).toThrow('There is nothing to do')
})

test('a lease that somebody holds is waited for', async () => {
  const [machine] = world.pick('started')
  if (!machine) throw new Error('none')
  const lease = { method: 'POST', body: { ttl: 2, description: 'deploying' } } as const
  await world.fly({
    service: 'machines',
    path: `/v1/apps/${machine.app}/machines/${machine.id}/lease`,
    ...lease,
    schema: z.unknown(),
    signal: world.signal,
  })
  const { items } = await world.runToEnd({ kind: 'stop', machines: targetsOf([machine]) })
  expect(items[0]).toMatchObject({ status: 'done', result: 'Stopped.' })
})
