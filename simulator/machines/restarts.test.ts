import { expect, test } from 'vitest'
import { migrateMachine } from '../hosts/migrate.ts'
import type { Client } from '../test/client.ts'
import { APP, launch, standingStill, story } from '../test/machine.ts'
import type { World } from '../world/world.ts'

const startsOf = ({ effects }: World, machine: string) =>
  effects.list().filter(({ id, to }) => id === machine && to === 'starting')

async function looping(config: object, exitCode = 1) {
  const client = standingStill()
  const { machine, path } = await launch(client, config)
  machine.behaviour = { kind: 'crash', afterMs: 1_000, exitCode, oom: false }
  await client.control('crash', { machine: machine.id, exitCode })
  return { client, machine, path }
}

async function otherImage({ ask }: Client): Promise<string> {
  await ask('POST', '/_sim/images', { body: { app: APP, tag: 'mended' } })
  return `registry.fly.io/${APP}:mended`
}

test('a crash loop backs off, each pause about twice the last', async () => {
  const { client, machine } = await looping({ restart: { policy: 'always' } })
  await client.advance(120_000)
  const times = startsOf(client.world, machine.id).map(({ at }) => at)
  const gaps = times.slice(2).map((at, place) => at - (times[place + 1] ?? 0))
  expect(gaps.length).toBeGreaterThan(4)
  expect(gaps[0]).toBeLessThan(8_000)
  expect(gaps.slice(4).every((gap) => gap > 14_000)).toBe(true)
})

test('on-failure gives up after its retries within five minutes, and its exits count', async () => {
  const { client, machine } = await looping({ restart: { policy: 'on-failure', max_retries: 3 } })
  await client.advance(120_000)
  expect(machine.state).toBe('stopped')
  expect(machine.restartCount).toBe(3)
  const exits = machine.events.filter(({ type }) => type === 'exit').map(({ request }) => request)
  expect(exits.map((request) => request?.restart_count)).toEqual([3, 3, 2, 1])
  expect(exits[0]).toMatchObject({ exit_event: { restarting: false } })
  expect(exits[1]).toMatchObject({ exit_event: { restarting: true } })
})

test('retries that lie more than five minutes back no longer count', async () => {
  const client = standingStill()
  const { machine } = await launch(client, { restart: { policy: 'on-failure', max_retries: 1 } })
  for (const after of [1, 2, 3]) {
    await client.control('crash', { machine: machine.id })
    await client.advance(301_000)
    expect([machine.state, machine.restartCount]).toEqual(['started', after])
  }
})

test.each([
  ['no', 'stopped'],
  ['on-failure', 'stopped'],
  ['always', 'started'],
])('a program that ends well under the policy %s leaves its machine %s', async (policy, state) => {
  const client = standingStill()
  const { machine } = await launch(client, { restart: { policy } })
  await client.control('crash', { machine: machine.id, exitCode: 0 })
  await client.advance(10_000)
  expect(machine.state).toBe(state)
})

test('a machine in its pause between crashes can be stopped, and stays so', async () => {
  const { client, machine, path } = await looping({ restart: { policy: 'always' } })
  expect(machine.state).toBe('restarting')
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(200)
  await client.advance(60_000)
  expect(machine.state).toBe('stopped')
})

test('a machine in its pause between crashes takes the update that mends it, once it has started again', async () => {
  const { client, machine, path } = await looping({ restart: { policy: 'always' } })
  const old = machine.instanceId
  const image = await otherImage(client)
  const reply = await client.ask('POST', path, { body: { config: { image }, current_version: old } })
  expect(reply).toMatchObject({ status: 200, body: { state: 'restarting', config: { image } } })
  expect(machine.instanceId).not.toBe(old)
  await client.advance(30_000)
  expect([machine.state, machine.imageRef.tag]).toEqual(['started', 'mended'])
  const request = reply.headers.get('fly-request-id')
  expect(client.world.effects.list().filter((effect) => effect.request === request)).toMatchObject([
    { kind: 'version', to: 'replaced' },
    { kind: 'machine', change: 'updated' },
  ])
  expect(story(machine, 7)).toEqual([
    'start started flyd',
    'start starting flyd',
    'launch created user',
    'update replacing user',
    'start started flyd',
    'start starting flyd',
    'restart starting flyd',
  ])
})

test.each([
  ['a stop before it', ['stop', ''], 'stopped'],
  ['a stop after it', ['', 'stop'], 'stopped'],
  ['a start that takes the stop back', ['stop', 'start', ''], 'started'],
])('an update of a machine that is starting heeds %s', async (_what, suffixes, state) => {
  const client = standingStill()
  const { machine, path } = await launch(client, {}, { skip_launch: true })
  await client.ask('POST', `${path}/start`)
  for (const suffix of suffixes)
    await client.ask('POST', suffix ? `${path}/${suffix}` : path, { body: suffix ? {} : { config: machine.config } })
  expect(machine.state).toBe('starting')
  await client.advance(10_000)
  expect([machine.state, machine.versions.length]).toEqual([state, 2])
})

test('a start that fails carries its update out nevertheless', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, {}, { skip_launch: true })
  machine.behaviour = { kind: 'launch-failure' }
  await client.ask('POST', `${path}/start`)
  await client.ask('POST', path, { body: { config: { image: await otherImage(client) } } })
  await client.advance(10_000)
  expect(machine.state).toBe('started')
})

test('a launch that can never succeed takes the machine away again', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, {}, { skip_launch: true })
  await client.control('unlaunchable', { machine: machine.id })
  await client.ask('POST', `${path}/start`)
  await client.advance(2_000)
  expect(['launch_failed', 'destroyed']).toContain(machine.state)
  await client.advance(2_000)
  expect(story(machine, 3)).toEqual(['destroy destroyed flyd', 'launch launch_failed flyd', 'start starting user'])
})

test('a machine with a schedule runs, ends, and starts by itself an hour later, but not by hand', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, { schedule: 'hourly' })
  expect([machine.state, startsOf(client.world, machine.id).length]).toEqual(['stopped', 1])
  expect((await client.ask('POST', `${path}/start`)).status).toBe(412)
  await client.advance(3 * 3_600_000 + 200_000)
  expect(startsOf(client.world, machine.id)).toHaveLength(4)
  const body = { config: { image: machine.config.image } }
  await client.ask('POST', path, { body })
  await client.advance(4 * 3_600_000)
  expect(startsOf(client.world, machine.id)).toHaveLength(4)
})

test('a schedule goes on where its machine was moved to, and a full host lets a run fall out', async () => {
  const client = standingStill()
  const { world } = client
  const { machine } = await launch(client, { schedule: 'hourly' })
  migrateMachine(world, machine)
  await client.advance(2 * 3_600_000 + 200_000)
  expect(startsOf(world, machine.id)).toHaveLength(3)
  world.hosts.get(machine.host).full = true
  await client.advance(2 * 3_600_000)
  expect(startsOf(world, machine.id)).toHaveLength(3)
})
