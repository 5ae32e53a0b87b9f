import { expect, test } from 'vitest'
import { z } from 'zod'
import { findMachine, MachineSeen, readMachine, simulator, waitFor } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const CONFIG = { image: 'registry.fly.io/acme-docs:latest', guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 } }
const ExitEvent = z.looseObject({
  exit_event: z.looseObject({
    exit_code: z.number(),
    oom_killed: z.boolean(),
    requested_stop: z.boolean(),
    restarting: z.boolean(),
  }),
  restart_count: z.number(),
})

test('a stopped machine starts, and its newest events tell so', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-workspaces', state: 'stopped' })
  const started = await client.ask('POST', `${path}/start`, { body: {} })
  expect(started.body).toMatchObject({ previous_state: 'stopped' })
  expect((await waitFor(client, path, 'started')).status).toBe(200)
  const { events } = await readMachine(client, path)
  expect(events.slice(0, 2).map(({ type, status }) => `${type} ${status}`)).toEqual(['start started', 'start starting'])
  expect(events.map(({ timestamp }) => timestamp)).toEqual(
    events.map(({ timestamp }) => timestamp).sort((a, b) => b - a),
  )
})

test('a stop is answered before the machine has stopped, and its exit was requested', async () => {
  const client = await simulator({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1 })
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  expect((await client.ask('POST', `${path}/stop`, { body: { signal: 'SIGTERM', timeout: '10s' } })).body).toEqual({
    ok: true,
  })
  expect((await readMachine(client, path)).state).toBe('stopping')
  await client.advance(5_000)
  expect((await readMachine(client, path)).state).toBe('stopped')
  const [exit] = (await readMachine(client, path)).events
  expect(ExitEvent.parse(exit?.request).exit_event).toMatchObject({
    exit_code: 0,
    requested_stop: true,
    restarting: false,
  })
})

test('suspend and start resume the machine', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  await client.ask('POST', `${path}/suspend`)
  await waitFor(client, path, 'suspended')
  await client.ask('POST', `${path}/start`)
  await waitFor(client, path, 'started')
  expect((await readMachine(client, path)).events.some(({ type }) => type === 'resume')).toBe(true)
})

test('a running machine is destroyed only with force, then it is gone', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  expect((await client.ask('DELETE', path)).status).toBe(412)
  expect((await client.ask('DELETE', `${path}?force=true`)).body).toEqual({ ok: true })
  await waitFor(client, path, 'destroyed')
  expect(await readMachine(client, path)).toMatchObject({ state: 'destroyed' })
  await client.advance(60_000)
  expect((await client.ask('GET', path)).status).toBe(404)
})

test('a created machine boots, or comes to lie stopped when skip_launch is set', async () => {
  const client = await simulator()
  const machines = '/v1/apps/acme-docs/machines'
  const booting = MachineSeen.parse(
    (await client.ask('POST', machines, { body: { config: CONFIG, region: 'fra' } })).body,
  )
  const resting = MachineSeen.parse(
    (await client.ask('POST', machines, { body: { config: CONFIG, region: 'fra', skip_launch: true } })).body,
  )
  expect(booting.id).toMatch(/^[0-9a-f]{14}$/)
  expect(booting.image_ref.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect((await waitFor(client, `${machines}/${booting.id}`, 'started')).status).toBe(200)
  expect(resting.state).toBe('created')
  expect((await waitFor(client, `${machines}/${resting.id}`, 'stopped')).status).toBe(200)
  expect((await readMachine(client, `${machines}/${resting.id}`)).events).toHaveLength(1)
})

test('an update makes a new version and refuses an old one', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: 'acme-docs', state: 'started' })
  const body = { config: { ...CONFIG, env: { A: '1' } }, current_version: machine.instance_id }
  const updated = MachineSeen.parse((await client.ask('POST', path, { body })).body)
  expect(updated.instance_id).not.toBe(machine.instance_id)
  expect((await client.ask('POST', path, { body })).status).toBe(409)
  const wait = await client.ask('GET', `${path}/wait?state=started&version=${updated.instance_id}&timeout=20`)
  expect(wait.body).toMatchObject({ ok: true, state: 'started', version: updated.instance_id })
  const versions = z
    .array(z.looseObject({ version: z.string() }))
    .parse((await client.ask('GET', `${path}/versions`)).body)
  expect(versions.map(({ version }) => version)).toEqual([updated.instance_id, machine.instance_id])
})

test('metadata changes keep the version', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  expect((await client.ask('POST', `${path}/metadata/team`, { body: { value: 'blue' } })).status).toBe(204)
  expect(
    (await client.ask('PATCH', `${path}/metadata`, { body: { metadata: { stage: 'two', team: null } } })).status,
  ).toBe(204)
  const after = await readMachine(client, path)
  expect(after.instance_id).toBe(machine.instance_id)
  expect(after.config?.metadata).toMatchObject({ stage: 'two' })
  expect((await client.ask('GET', `${path}/metadata/team`)).status).toBe(404)
  expect(
    (await client.ask('PATCH', `${path}/metadata`, { body: { metadata: {}, machine_version: 'OLD' } })).status,
  ).toBe(412)
  expect((await client.ask('GET', '/v1/apps/acme-web/machines?metadata.stage=two')).body).toHaveLength(1)
})

test('a wait that is not met ends with 408, a wrong one with 400', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  expect((await client.ask('GET', `${path}/wait?state=stopped&timeout=1`)).status).toBe(408)
  expect((await client.ask('GET', `${path}/wait?state=stopped&timeout=61`)).status).toBe(400)
  expect((await client.ask('GET', `${path}/wait?state=asleep`)).status).toBe(400)
})

test('a crash is restarted until the retries are used up, then auto_destroy takes the machine', async () => {
  const client = await simulator({ delayScale: 0 })
  const machines = '/v1/apps/acme-docs/machines'
  const config = { ...CONFIG, restart: { policy: 'on-failure', max_retries: 2 }, auto_destroy: true }
  const { id } = MachineSeen.parse((await client.ask('POST', machines, { body: { config, region: 'fra' } })).body)
  for (const restarting of [true, true, false]) {
    await waitFor(client, `${machines}/${id}`, 'started')
    const machine = client.world.machines.get(id)
    await client.control('crash', { machine: id, exitCode: 3 })
    const exit = machine?.events.find(({ type }) => type === 'exit')
    expect(ExitEvent.parse(exit?.request).exit_event).toMatchObject({ exit_code: 3, requested_stop: false, restarting })
  }
  await expect.poll(async () => (await client.ask('GET', `${machines}/${id}`)).status).toBe(404)
})

test('no room is an error with a status of its own', async () => {
  const client = await simulator()
  const full = await client.ask('POST', '/v1/apps/acme-docs/machines', { body: { config: CONFIG, region: 'gru' } })
  expect(full).toMatchObject({ status: 422, body: { status: 'insufficient_capacity' } })
  const elsewhere = await client.ask('POST', '/v1/apps/acme-docs/machines', {
    body: { config: CONFIG, region: 'gru,fra' },
  })
  expect(elsewhere).toMatchObject({ status: 200, body: { region: 'fra' } })
})

test('checks pass some time after a start and fail while the machine is not running', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  await client.ask('POST', `${path}/restart`)
  expect((await readMachine(client, path)).checks.map(({ status }) => status)).toEqual(['critical'])
  await waitFor(client, path, 'started')
  await expect
    .poll(async () => (await readMachine(client, path)).checks.map(({ status }) => status))
    .toEqual(['passing'])
})

test.each([
  ['node migrate.js', 0],
  ['exit 3', 3],
])('a task that runs "%s" exits with %i and is gone', async (command, exitCode) => {
  const client = await simulator()
  const config = {
    ...CONFIG,
    auto_destroy: true,
    restart: { policy: 'no' },
    init: { cmd: command.split(' ') },
    env: { FLY_PROCESS_GROUP: 'fly_app_release_command' },
  }
  const made = await client.ask('POST', '/v1/apps/acme-docs/machines', { body: { config, region: 'fra' } })
  const path = `/v1/apps/acme-docs/machines/${MachineSeen.parse(made.body).id}`
  expect((await waitFor(client, path, 'destroyed')).status).toBe(200)
  const { events } = await readMachine(client, path)
  expect(events.find(({ type }) => type === 'exit')).toMatchObject({ request: { exit_event: { exit_code: exitCode } } })
})

test('checks fail where the program listens on another port, and ps tells which', async () => {
  const client = await simulator()
  const checks = [{ type: 'tcp', interval: '10s', timeout: '2s' }]
  const config = {
    ...CONFIG,
    env: { PORT: '3000' },
    services: [{ internal_port: 8080, ports: [{ port: 443 }], checks }],
  }
  const made = await client.ask('POST', '/v1/apps/acme-docs/machines', { body: { config, region: 'fra' } })
  const path = `/v1/apps/acme-docs/machines/${MachineSeen.parse(made.body).id}`
  await waitFor(client, path, 'started')
  await expect
    .poll(async () => JSON.stringify((await readMachine(client, path)).checks))
    .toContain('connection refused')
  expect(JSON.stringify((await client.ask('GET', `${path}/ps`)).body)).toContain('0.0.0.0:3000')
})
