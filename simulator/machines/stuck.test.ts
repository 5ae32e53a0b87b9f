import { expect, test } from 'vitest'
import { launch, standingStill } from '../test/machine.ts'

const DAY = 24 * 3_600_000

test.each([
  ['start', 'starting', 'started'],
  ['stop', 'stopping', 'stopped'],
  ['suspend', 'suspending', 'suspended'],
  ['restart', 'restarting', 'started'],
  ['', 'updating', 'started'],
])('a machine that is stuck never ends its %s, until somebody frees it', async (verb, stuck, free) => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  if (verb === 'start') await client.ask('POST', `${path}/stop`)
  await client.advance(5_000)
  await client.control('stick', { machine: machine.id })
  const body = verb === '' ? { config: machine.config } : {}
  expect((await client.ask('POST', verb === '' ? path : `${path}/${verb}`, { body })).status).toBe(200)
  await client.advance(DAY)
  expect(machine.state).toBe(stuck)
  expect((await client.ask('DELETE', path)).status).toBe(412)
  await client.control('unstick', { machine: machine.id })
  await client.advance(5_000)
  expect(machine.state).toBe(free)
})

test('a machine can get stuck where it is on its way, a lost host changes nothing, and force ends it', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  await client.ask('POST', `${path}/stop`)
  await client.control('stick', { machine: machine.id })
  await client.control('host', { machine: machine.id, status: 'unreachable' })
  await client.control('host', { machine: machine.id, status: 'ok' })
  await client.advance(DAY)
  expect(machine.state).toBe('stopping')
  expect((await client.ask('DELETE', `${path}?force=true`)).status).toBe(200)
  await client.advance(2_000)
  expect(machine.state).toBe('destroyed')
})

test('a machine that is stuck in its end is ended by force', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, {}, { skip_launch: true })
  await client.control('stick', { machine: machine.id })
  await client.ask('DELETE', path)
  await client.advance(DAY)
  expect(machine.state).toBe('destroying')
  await client.ask('DELETE', path)
  expect(machine.state).toBe('destroying')
  await client.ask('DELETE', `${path}?force=true`)
  expect(machine.state).toBe('destroyed')
})
