import { expect, test } from 'vitest'
import { z } from 'zod'
import { MachineSeen, readMachine } from '../test/client.ts'
import { APP, launch, MACHINES, SMALL, standingStill, story } from '../test/machine.ts'

test('an update replaces the whole config: what is not sent is gone, metadata included', async () => {
  const client = standingStill()
  const { path } = await launch(client, { env: { A: '1' }, metadata: { team: 'blue' }, unknown_key: { kept: true } })
  expect((await readMachine(client, path)).config).toMatchObject({ env: { A: '1' }, unknown_key: { kept: true } })
  await client.ask('POST', path, { body: { config: { ...SMALL, env: { B: '2' } } } })
  const { config } = await readMachine(client, path)
  expect(config).toEqual({ ...SMALL, env: { B: '2' } })
})

test.each([
  ['another region', { region: 'iad' }],
  ['another name', { name: 'other' }],
  ['a volume', { config: { ...SMALL, mounts: [{ volume: 'vol_1', path: '/data' }] } }],
])('an update to %s is refused, and changes nothing', async (_what, change) => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  const before = machine.instanceId
  expect((await client.ask('POST', path, { body: { config: SMALL, ...change } })).status).toBe(400)
  expect([machine.instanceId, machine.state]).toEqual([before, 'started'])
})

test.each([
  ['started', false, 'started'],
  ['started', true, 'created'],
  ['stopped', false, 'stopped'],
  ['stopped', true, 'stopped'],
  ['suspended', false, 'stopped'],
])('a machine that was %s is updated (without launch: %s) and then is %s', async (from, skip, then) => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  if (from !== 'started') await client.ask('POST', `${path}/${from === 'stopped' ? 'stop' : 'suspend'}`)
  await client.advance(5_000)
  expect(machine.state).toBe(from)
  await client.ask('POST', path, { body: { config: SMALL, skip_launch: skip } })
  expect(machine.state).toBe('updating')
  await client.advance(5_000)
  expect(machine.state).toBe(then)
  const told = story(machine, 4).filter((line) => !line.startsWith('start'))
  expect(told).toContain('update replacing user')
})

test('the old version is kept as replaced, the machine itself never is', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  const old = machine.instanceId
  const reply = await client.ask('POST', path, { body: { config: SMALL, current_version: old } })
  const { instance_id: version } = MachineSeen.parse(reply.body)
  const effects = client.world.effects.list().filter(({ request }) => request === reply.headers.get('fly-request-id'))
  expect(effects).toMatchObject([
    { kind: 'version', id: old, to: 'replaced' },
    { kind: 'machine', id: machine.id, change: 'updated', from: old, to: version },
    { kind: 'machine', id: machine.id, change: 'state', to: 'updating' },
  ])
})

test.each([
  ['off', false],
  ['stop', true],
  ['suspend', 'suspend'],
  [true, true],
  [false, false],
])('autostop written as %s is read back as %s', async (written, read) => {
  const client = standingStill()
  const { path } = await launch(client, { services: [{ internal_port: 8080, autostop: written }] })
  expect((await readMachine(client, path)).config).toMatchObject({ services: [{ autostop: read }] })
})

test.each([
  ['a name of the platform in env', { env: { FLY_REGION: 'fra' } }, 'FLY_'],
  ['too little memory', { guest: { cpu_kind: 'performance', cpus: 2, memory_mb: 2048 } }, 'memory_mb is too low'],
  ['too much memory', { guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 4096 } }, 'memory_mb is too high'],
  ['three CPUs', { guest: { cpu_kind: 'shared', cpus: 3, memory_mb: 1024 } }, 'invalid cpus'],
  ['autostart as a word', { services: [{ internal_port: 8080, autostart: 'true' }] }, 'autostart'],
  [
    'two volumes',
    {
      mounts: [
        { volume: 'a', path: '/a' },
        { volume: 'b', path: '/b' },
      ],
    },
    'one volume',
  ],
  ['a GPU', { guest: { cpu_kind: 'performance', cpus: 8, memory_mb: 32_768, gpus: 1, gpu_kind: 'a10' } }, 'GPU'],
  [
    'an unknown handler',
    { services: [{ internal_port: 80, ports: [{ port: 80, handlers: ['gopher'] }] }] },
    'handlers',
  ],
  ['a file that is not base64', { files: [{ guest_path: '/etc/a', raw_value: '%' }] }, 'raw_value'],
  ['a file of nothing', { files: [{ guest_path: '/etc/a' }] }, 'must be set'],
  ['a file nowhere', { files: [{ guest_path: 'a', raw_value: 'YQ==' }] }, 'absolute'],
  ['a schedule nobody knows', { schedule: 'sometimes' }, 'schedule'],
])('a config with %s is refused with words that name it', async (_what, config, words) => {
  const client = standingStill()
  const reply = await client.ask('POST', MACHINES, { body: { config: { ...SMALL, ...config } } })
  expect(reply.status).toBe(400)
  expect(JSON.stringify(reply.body)).toContain(words)
})

test('names of the platform that flyctl sets in env are taken', async () => {
  const client = standingStill()
  const env = {
    FLY_PROCESS_GROUP: 'worker',
    FLY_STANDBY_FOR: 'd891',
    FLY_TEST_COMMAND: 'curl',
    FLY_TEST_MACHINE_IP: '::1',
  }
  const { path } = await launch(client, { env })
  expect((await readMachine(client, path)).config).toMatchObject({ env })
})

test('a machine has the secrets of the time it was made, and one waits for a version that is not there in vain', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  const before = machine.secretsVersion
  const set = await client.ask('POST', `/v1/apps/${APP}/secrets`, { body: { values: { KEY: 'x' } } })
  const { version } = z.looseObject({ version: z.int() }).parse(set.body)
  expect([machine.secretsVersion, version]).toEqual([before, before + 1])
  const update = (more: object) => client.ask('POST', path, { body: { config: SMALL, ...more } })
  expect((await update({ min_secrets_version: version + 1 })).status).toBe(422)
  await update({ skip_secrets: true })
  expect(machine.secretsVersion).toBe(before)
  await client.advance(5_000)
  expect((await update({ min_secrets_version: version })).status).toBe(200)
  expect(machine.secretsVersion).toBe(version)
})

test('a machine that is made cordoned gets no visitors until it is uncordoned', async () => {
  const client = standingStill()
  const services = [{ internal_port: 8080, ports: [{ port: 443 }] }]
  const { machine, path } = await launch(client, { services }, { skip_service_registration: true })
  const visit = () => client.ask('GET', `/_apps/${APP}/`, { headers: { 'fly-force-instance-id': machine.id } })
  expect((await client.ask('GET', path)).body).toMatchObject({ cordoned: true })
  expect((await visit()).status).toBe(503)
  await client.ask('POST', `${path}/uncordon`)
  expect((await visit()).status).toBe(200)
  expect(story(machine, 1)).toEqual(['uncordon uncordoned user'])
})

test('where new machines are late they answer 404 for a while, then they are there', async () => {
  const client = standingStill()
  await client.control('create-lag', { fromMs: 2_000, toMs: 2_000 })
  const made = await client.ask('POST', MACHINES, { body: { config: SMALL } })
  const path = `${MACHINES}/${MachineSeen.parse(made.body).id}`
  const listed = async () =>
    JSON.stringify((await client.ask('GET', MACHINES)).body).includes(path.split('/').at(-1) ?? '')
  expect([(await client.ask('GET', path)).status, await listed()]).toEqual([404, false])
  await client.advance(2_000)
  expect([(await client.ask('GET', path)).status, await listed()]).toEqual([200, true])
})
