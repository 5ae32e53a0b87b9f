import { expect, test } from 'vitest'
import { launch, standingStill } from '../test/machine.ts'

type Way = [method: 'POST' | 'DELETE', suffix: string]
const WAYS: Record<string, Way[]> = {
  started: [],
  stopped: [['POST', '/stop']],
  suspended: [['POST', '/suspend']],
  destroyed: [['DELETE', '?force=true']],
}

/** What is answered to whom: 200 changes something or finds it done, 412 finds it impossible, 404 nothing there. */
test.each([
  ['started', { start: 200, stop: 200, suspend: 200, restart: 200, signal: 200, destroy: 412 }],
  ['stopped', { start: 200, stop: 200, suspend: 412, restart: 200, signal: 412, destroy: 200 }],
  ['suspended', { start: 200, stop: 200, suspend: 200, restart: 200, signal: 412, destroy: 200 }],
  ['destroyed', { start: 404, stop: 404, suspend: 404, restart: 404, signal: 404, destroy: 404 }],
])('a machine that is %s answers each command', async (state, answers) => {
  for (const [verb, status] of Object.entries(answers)) {
    const client = standingStill()
    const { machine, path } = await launch(client)
    for (const [method, suffix] of WAYS[state] ?? []) await client.ask(method, path + suffix)
    await client.advance(5_000)
    expect(machine.state).toBe(state)
    const reply =
      verb === 'destroy'
        ? await client.ask('DELETE', path)
        : await client.ask('POST', `${path}/${verb}`, { body: { signal: 'SIGTERM' } })
    expect(reply.status, `${verb} of a machine that is ${state}`).toBe(status)
  }
})

test('what is done already is answered as done, and leaves no event', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  const events = machine.events.length
  expect((await client.ask('POST', `${path}/start`)).body).toMatchObject({ previous_state: 'started' })
  expect((await client.ask('POST', `${path}/uncordon`)).status).toBe(200)
  expect(machine.events.length).toBe(events)
  await client.ask('POST', `${path}/stop`)
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(200)
  expect((await client.ask('POST', `${path}/start`)).status).toBe(412)
  await client.advance(5_000)
  expect(machine.events.filter(({ type }) => type === 'stop')).toHaveLength(1)
  await client.ask('DELETE', path)
  expect((await client.ask('DELETE', path)).status).toBe(200)
})

test('the state before is what a start tells', async () => {
  const client = standingStill()
  const { path } = await launch(client)
  await client.ask('POST', `${path}/suspend`)
  await client.advance(5_000)
  expect((await client.ask('POST', `${path}/start`)).body).toMatchObject({ previous_state: 'suspended' })
  expect((await client.ask('POST', `${path}/start`)).body).toMatchObject({ previous_state: 'starting' })
})

test('a destroyed machine can still be read for a moment, frees its name and its volume, and is gone for good', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, {}, { name: 'mine' })
  await client.ask('DELETE', `${path}?kill=true`)
  await client.advance(2_000)
  expect((await client.ask('GET', path)).body).toMatchObject({ state: 'destroyed' })
  expect((await launch(client, {}, { name: 'mine' })).machine.id).not.toBe(machine.id)
  await client.advance(60_000)
  expect((await client.ask('GET', path)).status).toBe(404)
})
