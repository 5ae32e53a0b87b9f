import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, findMachine, MachineSeen, readMachine, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const DAY = 24 * 3_600_000
const MACHINES = '/v1/apps/acme-web/machines'
const VOLUMES = '/v1/apps/acme-web/volumes'
const IMAGE = 'registry.fly.io/acme-docs:latest'
const Id = z.looseObject({ id: z.string() })

/** 22 machines have no crashing one among them, which would fill the days with its restarts. */
const client = (machines = 22) =>
  simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1, machines })
const hostOf = ({ world }: Client, machine: string) => world.hosts.get(world.machines.get(machine)?.host ?? '')

async function machineWithVolume({ ask, advance }: Client) {
  const made = await ask('POST', VOLUMES, { body: { name: 'data', region: 'iad', size_gb: 10 } })
  const volume = Id.parse(made.body).id
  const config = { image: IMAGE, mounts: [{ volume, path: '/data' }] }
  const machine = MachineSeen.parse((await ask('POST', MACHINES, { body: { config, region: 'iad' } })).body)
  await advance(10_000)
  return { id: machine.id, path: `${MACHINES}/${machine.id}`, volume }
}

test('everything is on a host of its region, and a machine on that of its volume', () => {
  const { world } = client(90)
  for (const machine of world.machines.values()) {
    const host = world.hosts.get(machine.host)
    expect(host.region).toBe(machine.region)
    expect(host.machines.has(machine.id)).toBe(true)
    const volume = world.volumes.get(machine.config.mounts?.[0]?.volume ?? '')
    if (volume) expect(volume.zone).toBe(machine.host)
  }
  const ids = [...world.machines.values()].map(({ host }) => host)
  expect(ids.every((id) => /^[0-9a-f]{4}$/.test(id))).toBe(true)
})

test('a stopped machine whose host filled up cannot start, and flyctl knows by the words', async () => {
  const fly = client(90)
  const { machine, path } = await findMachine(fly, { app: 'acme-workspaces', state: 'stopped' })
  await fly.control('fill-host', { machine: machine.id })
  const refused = await fly.ask('POST', `${path}/start`)
  expect(refused).toMatchObject({
    status: 422,
    body: { status: 'insufficient_capacity', error: expect.stringContaining('could not reserve resource for machine') },
  })
  expect((await readMachine(fly, path)).state).toBe('stopped')
  await fly.control('fill-host', { machine: machine.id, full: false })
  expect((await fly.ask('POST', `${path}/start`)).status).toBe(200)
})

test.each(['fill-host', 'lose-host'])(
  'after %s a machine without a volume starts on another host',
  async (incident) => {
    const fly = client()
    const { body } = await fly.ask('POST', MACHINES, { body: { config: { image: IMAGE }, region: 'iad' } })
    const { id, instance_id: version } = MachineSeen.parse(body)
    const path = `${MACHINES}/${id}`
    await fly.advance(10_000)
    await fly.ask('POST', `${path}/stop`)
    await fly.advance(10_000)
    const from = hostOf(fly, id).id
    await fly.control(incident, { machine: id })
    const started = await fly.ask('POST', `${path}/start`)
    const to = hostOf(fly, id).id
    expect(to).not.toBe(from)
    expect(started).toMatchObject({ status: 200, body: { previous_state: 'stopped', migrated: true, new_host: to } })
    await fly.advance(5_000)
    const machine = await readMachine(fly, path)
    expect(machine).toMatchObject({ state: 'started', host_status: 'ok' })
    expect(machine.instance_id).not.toBe(version)
    expect((await fly.ask('POST', `${path}/start`)).body).toMatchObject({ migrated: false, new_host: '' })
  },
)

test('a machine with a volume waits for its host, and one that may move for a host with room', async () => {
  const fly = client()
  const { id, path } = await machineWithVolume(fly)
  const made = await fly.ask('POST', MACHINES, { body: { config: { image: IMAGE }, region: 'syd' } })
  const free = Id.parse(made.body).id
  await fly.advance(10_000)
  for (const one of [id, free]) await fly.ask('POST', `${MACHINES}/${one}/stop`)
  await fly.advance(10_000)
  await fly.control('lose-host', { machine: id })
  expect((await fly.ask('POST', `${path}/start`)).status).toBe(503)
  for (const host of fly.world.hosts.of('syd')) host.full = true
  expect(await fly.ask('POST', `${MACHINES}/${free}/start`)).toMatchObject({
    status: 422,
    body: { status: 'insufficient_capacity' },
  })
})

test('on a full host what runs goes on, and grows no more', async () => {
  const fly = client()
  const { id, path } = await machineWithVolume(fly)
  hostOf(fly, id).full = true
  const { config } = await readMachine(fly, path)
  expect((await fly.ask('POST', path, { body: { config } })).status).toBe(200)
  await fly.advance(10_000)
  const larger = { ...config, guest: { cpu_kind: 'shared', cpus: 2, memory_mb: 4096 } }
  expect(await fly.ask('POST', path, { body: { config: larger } })).toMatchObject({
    body: { status: 'insufficient_capacity' },
  })
  expect((await fly.ask('POST', `${path}/restart`)).status).toBe(200)
})

test('a region is full when no host of it has room', async () => {
  const fly = client()
  for (const host of fly.world.hosts.of('syd')) host.full = true
  const body = { config: { image: IMAGE }, region: 'syd' }
  expect(await fly.ask('POST', MACHINES, { body })).toMatchObject({
    status: 422,
    body: { status: 'insufficient_capacity' },
  })
  expect((await fly.ask('POST', MACHINES, { body: { ...body, region: 'syd,nrt' } })).body).toMatchObject({
    region: 'nrt',
  })
  const Regions = z.looseObject({ Regions: z.array(z.looseObject({ code: z.string(), capacity: z.number() })) })
  const { Regions: regions } = Regions.parse((await fly.ask('GET', '/v1/platform/regions')).body)
  expect(regions.find(({ code }) => code === 'syd')?.capacity).toBe(0)
})

test('machines take room from each other until a region has none left', async () => {
  const fly = client()
  for (const host of fly.world.hosts.of('jnb').slice(1)) host.full = true
  const guest = { cpu_kind: 'performance', cpus: 8, memory_mb: 16_384 }
  const create = () => fly.ask('POST', MACHINES, { body: { config: { image: IMAGE, guest }, region: 'jnb' } })
  let made = 0
  while ((await create()).status === 200) made += 1
  expect(made).toBeGreaterThan(0)
  // 64 cores are on a server.
  expect(made).toBeLessThanOrEqual(8)
})

test('a volume goes where the machine it is for will fit', async () => {
  const fly = client()
  const compute = { cpu_kind: 'performance', cpus: 16, memory_mb: 131_072 }
  const { body } = await fly.ask('POST', VOLUMES, { body: { name: 'big', region: 'lax', compute } })
  const config = { image: IMAGE, guest: compute, mounts: [{ volume: Id.parse(body).id, path: '/data' }] }
  expect((await fly.ask('POST', MACHINES, { body: { config } })).status).toBe(200)
})

test('a lost host takes everything on it along, and gives it back', async () => {
  const fly = client()
  const { ask, advance } = fly
  const { id, path, volume } = await machineWithVolume(fly)
  await fly.control('lose-host', { machine: id })
  const lost = await ask('GET', path)
  expect(lost.body).toMatchObject({ host_status: 'unreachable', state: 'started', incomplete_config: { image: IMAGE } })
  expect(lost.body).not.toHaveProperty('config')
  for (const verb of ['stop', 'restart', 'suspend']) expect((await ask('POST', `${path}/${verb}`)).status).toBe(503)
  expect((await ask('GET', `${VOLUMES}/${volume}`)).body).toMatchObject({ host_status: 'unreachable' })
  expect((await ask('PUT', `${VOLUMES}/${volume}/extend`, { body: { size_gb: 20 } })).status).toBe(503)
  expect((await ask('POST', `${VOLUMES}/${volume}/snapshots`)).status).toBe(503)
  await fly.control('return-host', { machine: id })
  expect((await ask('GET', `${VOLUMES}/${volume}`)).body).toMatchObject({ host_status: 'ok', state: 'recovering' })
  await advance(5_000)
  expect((await ask('GET', `${VOLUMES}/${volume}`)).body).toMatchObject({ state: 'created' })
  expect((await ask('POST', `${path}/stop`)).status).toBe(200)
})

test('a volume that is deleted while its host is lost goes when it is back', async () => {
  const { ask, advance, control } = client()
  const { id, zone } = z
    .looseObject({ id: z.string(), zone: z.string() })
    .parse((await ask('POST', VOLUMES, { body: { name: 'data', region: 'iad' } })).body)
  await advance(1_000)
  await control('lose-host', { host: zone, status: 'unknown' })
  expect((await ask('DELETE', `${VOLUMES}/${id}`)).body).toMatchObject({ state: 'scheduling_destroy' })
  await advance(2 * DAY)
  expect((await ask('GET', `${VOLUMES}/${id}`)).body).toMatchObject({ state: 'scheduling_destroy' })
  await control('return-host', { volume: id })
  expect((await ask('GET', `${VOLUMES}/${id}`)).body).toMatchObject({ state: 'pending_destroy' })
})

test('nothing new is put on a lost host', async () => {
  const fly = client()
  const hosts = fly.world.hosts.of('lhr')
  for (const { id } of hosts.slice(1)) await fly.control('lose-host', { host: id })
  const body = { config: { image: IMAGE }, region: 'lhr' }
  const made = Id.parse((await fly.ask('POST', MACHINES, { body })).body)
  expect(hostOf(fly, made.id)).toBe(hosts[0])
})

test('a migrated machine keeps its id and changes its version, its address and its volume', async () => {
  const fly = client()
  const { ask, advance, world } = fly
  const { id, path, volume: old } = await machineWithVolume(fly)
  const Whole = MachineSeen.extend({
    private_ip: z.string(),
    config: z.looseObject({ mounts: z.array(z.looseObject({ volume: z.string() })) }),
  })
  const before = Whole.parse((await ask('GET', path)).body)
  const from = hostOf(fly, id)
  await fly.control('migrate', { machine: id })
  await advance(10_000)
  const after = Whole.parse((await ask('GET', path)).body)
  expect(after).toMatchObject({ id, state: 'started', host_status: 'ok' })
  expect(hostOf(fly, id)).not.toBe(from)
  expect(after.private_ip).not.toBe(before.private_ip)
  expect(after.instance_id).not.toBe(before.instance_id)
  const [mount] = after.config.mounts
  expect(mount?.volume).not.toBe(old)
  expect((await ask('GET', `${VOLUMES}/${mount?.volume}`)).body).toMatchObject({
    state: 'created',
    attached_machine_id: id,
    zone: hostOf(fly, id).id,
  })
  expect(after.events.filter((event) => event.type === 'launch')[0]).toMatchObject({
    status: 'created',
    source: 'flyd',
  })
  const effects = world.effects.list().filter(({ to }) => to === 'migrated')
  expect(effects).toMatchObject([{ kind: 'version', id: before.instance_id }])
  await advance(6 * DAY)
  expect((await ask('GET', `${VOLUMES}/${old}`)).body).toMatchObject({ state: 'pending_destroy' })
  await advance(2 * DAY)
  expect((await ask('GET', `${VOLUMES}/${old}`)).status).toBe(404)
})
