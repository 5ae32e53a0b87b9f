import { expect, test } from 'vitest'
import { launch, standingStill, story } from '../test/machine.ts'

async function suspended(config: object = {}) {
  const client = standingStill()
  const { machine, path } = await launch(client, config)
  await client.ask('POST', `${path}/suspend`)
  await client.advance(3_000)
  expect(machine.state).toBe('suspended')
  return { client, machine, path }
}

test('a suspended machine resumes from its snapshot, faster than it would boot', async () => {
  const { client, machine, path } = await suspended()
  await client.ask('POST', `${path}/start`)
  await client.advance(450)
  expect(story(machine, 3)).toEqual(['start started flyd', 'resume starting user', 'suspend suspended flyd'])
})

test('without its snapshot it boots cold', async () => {
  const { client, machine, path } = await suspended()
  await client.control('drop-snapshot', { machine: machine.id })
  await client.ask('POST', `${path}/start`)
  await client.advance(3_000)
  expect(story(machine, 2)).toEqual(['start started flyd', 'start starting user'])
})

test('a stop after a suspend discards the snapshot, and so does the loss of its host', async () => {
  const { client, machine, path } = await suspended()
  await client.ask('POST', `${path}/stop`)
  await client.advance(3_000)
  expect([machine.state, machine.snapshot]).toEqual(['stopped', undefined])
  const lost = await suspended()
  await lost.client.control('host', { machine: lost.machine.id, status: 'unreachable' })
  await lost.client.control('host', { machine: lost.machine.id, status: 'ok' })
  expect(lost.machine.snapshot).toBeUndefined()
})

test.each([
  ['much memory', { guest: { cpu_kind: 'shared', cpus: 2, memory_mb: 4096 } }, 'more than 2048 MB'],
  ['swap', { init: { swap_size_mb: 512 } }, 'swap'],
])('a machine with %s is not suspended', async (_what, config, reason) => {
  const client = standingStill()
  const { machine, path } = await launch(client, config)
  const reply = await client.ask('POST', `${path}/suspend`)
  expect([reply.status, machine.state]).toEqual([412, 'started'])
  expect(JSON.stringify(reply.body)).toContain(reason)
})
