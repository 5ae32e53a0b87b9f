import { expect, test } from 'vitest'
import { launch, standingStill, story } from '../test/machine.ts'

test('while its host is lost a machine stands still and refuses commands; then it goes on', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  await client.ask('POST', `${path}/stop`)
  await client.control('host', { machine: machine.id, status: 'unreachable' })
  await client.advance(60_000)
  expect(machine.state).toBe('stopping')
  expect((await client.ask('POST', `${path}/start`)).status).toBe(503)
  const seen = (await client.ask('GET', path)).body
  expect(seen).toMatchObject({ host_status: 'unreachable', incomplete_config: { image: machine.config.image } })
  expect(seen).not.toHaveProperty('config')
  await client.control('host', { machine: machine.id, status: 'ok' })
  expect(machine.state).toBe('stopped')
})

test('a standby starts when the host of what it stands by for is lost, and only then', async () => {
  const client = standingStill()
  const watched = await launch(client)
  const other = await launch(client)
  const standby = await launch(client, { standbys: [watched.machine.id] }, { skip_launch: true })
  expect(standby.machine.state).toBe('stopped')
  await client.control('host', { machine: other.machine.id, status: 'unreachable' })
  await client.control('host', { machine: watched.machine.id, status: 'unknown' })
  await client.advance(5_000)
  expect(standby.machine.state).toBe('stopped')
  await client.control('host', { machine: watched.machine.id, status: 'unreachable' })
  await client.advance(5_000)
  expect(story(standby.machine, 2)).toEqual(['start started flyd', 'start starting flyd'])
})
