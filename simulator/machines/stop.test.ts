import { expect, test } from 'vitest'
import { launch, standingStill, story } from '../test/machine.ts'
import type { Machine } from '../world/types.ts'

const DEAF = { cmd: ['sh', '-c', "trap '' INT; exec server"] }
const lastExit = ({ events }: Machine) => events.find(({ type }) => type === 'exit')?.request

test('a program that closes at SIGINT ends with 0, long before the timeout', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  await client.ask('POST', `${path}/stop`, { body: {} })
  await client.advance(2_000)
  expect(machine.state).toBe('stopped')
  expect(story(machine, 2)).toEqual(['exit stopped flyd', 'stop stopping user'])
  expect(lastExit(machine)).toMatchObject({
    exit_event: { exit_code: 0, signal: -1, guest_signal: -1, requested_stop: true, restarting: false },
  })
})

test.each([
  ['after five seconds', {}, {}, 5_000],
  ['after as long as its config gives it', { stop_config: { timeout: '30s' } }, {}, 30_000],
  ['after as long as the command gives it', { stop_config: { timeout: '30s' } }, { timeout: '1m10s' }, 70_000],
  ['after five minutes at the latest', {}, { timeout: '1h' }, 300_000],
  ['after five seconds where a client writes nothing as zero', {}, { signal: '', timeout: '0s' }, 5_000],
])('a program that ignores SIGINT is killed %s', async (_when, config, body, timeout) => {
  const client = standingStill()
  const { machine, path } = await launch(client, { init: DEAF, ...config })
  await client.ask('POST', `${path}/stop`, { body })
  await client.advance(timeout - 1)
  expect(machine.state).toBe('stopping')
  await client.advance(1)
  expect(machine.state).toBe('stopped')
  expect(lastExit(machine)).toMatchObject({ exit_event: { exit_code: 137, guest_signal: 9, requested_stop: true } })
})

test('what ignores one signal can be stopped with another, by config or by command', async () => {
  const client = standingStill()
  const byConfig = await launch(client, { init: DEAF, stop_config: { signal: 'SIGTERM' } })
  const byCommand = await launch(client, { init: DEAF })
  await client.ask('POST', `${byConfig.path}/stop`)
  await client.ask('POST', `${byCommand.path}/stop`, { body: { signal: 'SIGKILL' } })
  await client.advance(2_000)
  expect(lastExit(byConfig.machine)).toMatchObject({ exit_event: { exit_code: 0 } })
  expect(lastExit(byCommand.machine)).toMatchObject({ exit_event: { exit_code: 137 } })
})

test('a stop that comes while the machine starts follows the start; a start takes it back', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  const restart = () => client.ask('POST', `${path}/restart`)
  await restart()
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(200)
  await client.advance(10_000)
  expect(machine.state).toBe('stopped')
  expect(story(machine, 3)).toEqual(['exit stopped flyd', 'stop stopping user', 'start started flyd'])
  await client.ask('POST', `${path}/start`)
  await client.ask('POST', `${path}/stop`)
  await client.ask('POST', `${path}/start`)
  await client.advance(10_000)
  expect(machine.state).toBe('started')
})

test.each([
  ['SIGTERM', { exit_code: 0, guest_signal: -1 }],
  [9, { exit_code: 137, guest_signal: 9 }],
  ['SIGSEGV', { exit_code: 139, guest_signal: 11 }],
])('the signal %s ends a program, and nobody asked for a stop', async (signal, exit) => {
  const client = standingStill()
  const { machine, path } = await launch(client, { restart: { policy: 'no' } })
  expect((await client.ask('POST', `${path}/signal`, { body: { signal } })).status).toBe(200)
  expect(machine.state).toBe('stopped')
  expect(lastExit(machine)).toMatchObject({ exit_event: { ...exit, requested_stop: false } })
})

test('a signal a server only takes note of changes nothing, an unknown one is refused', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  expect((await client.ask('POST', `${path}/signal`, { body: { signal: 'SIGHUP' } })).status).toBe(200)
  expect(machine.state).toBe('started')
  expect((await client.ask('POST', `${path}/signal`, { body: { signal: 'SIGFOO' } })).status).toBe(400)
  expect((await client.ask('POST', `${path}/stop`, { body: { signal: 'SIGSEGV' } })).status).toBe(400)
})

test('restarting with force kills at once, otherwise the program closes first', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client, { init: DEAF })
  await client.ask('POST', `${path}/restart?force_stop=true`)
  await client.advance(4_000)
  expect(machine.state).toBe('started')
  expect(story(machine, 4)).toEqual([
    'start started flyd',
    'start starting flyd',
    'exit stopped flyd',
    'restart stopping user',
  ])
  await client.ask('POST', `${path}/restart?timeout=20`)
  await client.advance(19_000)
  expect(machine.state).toBe('restarting')
})
