import { expect, test } from 'vitest'
import { MachineSeen, readMachine, simulatorInProcess } from '../test/client.ts'

const MACHINES = '/v1/apps/acme-docs/machines'
const CONFIG = { image: 'registry.fly.io/acme-docs:asked' }
const TASK = { auto_destroy: true, restart: { policy: 'no' } }
const CHECKED = { checks: { up: { type: 'tcp', port: 8080, interval: '2s', grace_period: '1s' } } }

/** A machine of an image whose Dockerfile asked for something, after ten seconds. */
async function launched(simulate: string, config: Record<string, unknown> = {}) {
  const client = simulatorInProcess({ delayScale: 1 })
  await client.ask('POST', '/_sim/images', { body: { app: 'acme-docs', tag: 'asked', labels: { simulate } } })
  const made = await client.ask('POST', MACHINES, { body: { config: { ...CONFIG, ...config } } })
  const { id } = MachineSeen.parse(made.body)
  await client.advance(10_000)
  return { client, path: `${MACHINES}/${id}`, id }
}

test('an image that asks to crash has crashed twice within the ten seconds that flyctl watches it', async () => {
  const { client, path } = await launched('crash')
  const { events } = await readMachine(client, path)
  expect(events.find(({ type }) => type === 'exit')?.request).toMatchObject({
    exit_event: { exit_code: 1, restarting: true, requested_stop: false },
    restart_count: expect.toSatisfy((count: number) => count > 1),
  })
})

test('an image that asks never to start fails its machine', async () => {
  const { client, path } = await launched('never-starts')
  expect((await readMachine(client, path)).state).toBe('failed')
})

test('an image that asks to keep silent fails its checks, and the next image passes them', async () => {
  const { client, path } = await launched('health-check-fails', CHECKED)
  expect((await readMachine(client, path)).checks).toMatchObject([{ name: 'up', status: 'critical' }])
  await client.ask('POST', '/_sim/images', { body: { app: 'acme-docs', tag: 'asked' } })
  await client.ask('POST', path, { body: { config: { ...CONFIG, ...CHECKED } } })
  await client.advance(10_000)
  expect((await readMachine(client, path)).checks).toMatchObject([{ name: 'up', status: 'passing' }])
})

test('an image that asks for a failing release command fails as one, and only as one', async () => {
  for (const [group, exitCode] of [
    ['fly_app_release_command', 1],
    ['app', 0],
  ]) {
    const metadata = { fly_process_group: group }
    const { client, path } = await launched('release-command-fails', { ...TASK, metadata })
    const { events } = await readMachine(client, path)
    expect(events.find(({ type }) => type === 'exit')?.request).toMatchObject({ exit_event: { exit_code: exitCode } })
  }
})

test('an image that asks for no room is refused, in a new machine and in an old one', async () => {
  const client = simulatorInProcess()
  await client.ask('POST', '/_sim/images', {
    body: { app: 'acme-docs', tag: 'asked', labels: { simulate: 'no-capacity' } },
  })
  const { body } = await client.ask('GET', MACHINES)
  const [old] = MachineSeen.array().parse(body)
  for (const path of [MACHINES, `${MACHINES}/${old?.id}`]) {
    expect(await client.ask('POST', path, { body: { config: CONFIG } })).toMatchObject({
      status: 422,
      body: {
        status: 'insufficient_capacity',
        error: expect.stringContaining('could not reserve resource for machine'),
      },
    })
  }
})
