import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, MachineSeen, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const VOLUMES = '/v1/apps/acme-web/volumes'
const MACHINES = '/v1/apps/acme-web/machines'
const IMAGE = 'registry.fly.io/acme-docs:latest'

const Volume = z.looseObject({
  id: z.string(),
  state: z.string(),
  region: z.string(),
  zone: z.string(),
  size_gb: z.number(),
  bytes_used: z.number(),
  bytes_total: z.number(),
  attached_machine_id: z.string().nullable(),
})
const Snapshots = z.array(z.looseObject({ id: z.string(), status: z.string(), retention_days: z.number() }))

/** A small fleet whose time moves only when it is told to. */
function world() {
  const client = simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START), machines: 22, delayScale: 1 })
  const { ask } = client
  const read = async (id: string) => Volume.parse((await ask('GET', `${VOLUMES}/${id}`)).body)
  const make = async (body: object = {}) => {
    const reply = await ask('POST', VOLUMES, { body: { name: 'data', region: 'fra', size_gb: 10, ...body } })
    return reply.status === 200 ? Volume.parse(reply.body) : Volume.parse({ ...VOID, state: `refused ${reply.status}` })
  }
  const snapshots = async (id: string) => Snapshots.parse((await ask('GET', `${VOLUMES}/${id}/snapshots`)).body)
  return { ...client, read, make, snapshots }
}
const VOID = { id: '', region: '', zone: '', size_gb: 0, bytes_used: 0, bytes_total: 0, attached_machine_id: null }

async function machineOn({ ask, advance }: Client, volume: string, mount: object = {}) {
  const config = { image: IMAGE, mounts: [{ volume, path: '/data', ...mount }] }
  const { id } = MachineSeen.parse((await ask('POST', MACHINES, { body: { config, region: 'fra' } })).body)
  await advance(10_000)
  return `${MACHINES}/${id}`
}

test('a volume is created in a moment, and a deleted one lies a day before it is gone', async () => {
  const { ask, advance, make, read } = world()
  const { id, state } = await make()
  expect(state).toBe('creating')
  await advance(1_000)
  expect((await read(id)).state).toBe('created')
  expect(Volume.parse((await ask('DELETE', `${VOLUMES}/${id}`)).body).state).toBe('pending_destroy')
  expect((await ask('DELETE', `${VOLUMES}/${id}`)).status).toBe(422)
  await advance(DAY - 2_000)
  expect((await read(id)).state).toBe('pending_destroy')
  await advance(3_000)
  expect((await ask('GET', `${VOLUMES}/${id}`)).status).toBe(404)
})

test('the snapshots of a destroyed volume can be listed and restored for as long as they are kept', async () => {
  const { ask, advance, make, read, snapshots } = world()
  const { id } = await make({ auto_backup_enabled: false, snapshot_retention: 3 })
  await advance(1_000)
  await ask('POST', `${VOLUMES}/${id}/snapshots`)
  await advance(5_000)
  await ask('DELETE', `${VOLUMES}/${id}`)
  await advance(2 * DAY)
  const [snapshot] = await snapshots(id)
  expect(snapshot).toMatchObject({ status: 'created', retention_days: 3 })
  const small = await make({ snapshot_id: snapshot?.id, size_gb: 9 })
  expect(small.state).toBe('refused 400')
  const restored = await make({ snapshot_id: snapshot?.id, size_gb: 10 })
  expect(restored.state).toBe('restoring')
  await advance(5_000)
  expect((await read(restored.id)).state).toBe('created')
  await advance(DAY + HOUR)
  expect((await ask('GET', `${VOLUMES}/${id}/snapshots`)).status).toBe(404)
})

test('a machine waits until the volume it mounts is restored', async () => {
  const { ask, advance, make, read, snapshots } = world()
  const { id } = await make()
  await advance(1_000)
  await ask('POST', `${VOLUMES}/${id}/snapshots`)
  await advance(5_000)
  const [snapshot] = await snapshots(id)
  const restored = await make({ snapshot_id: snapshot?.id })
  const config = { image: IMAGE, mounts: [{ volume: restored.id, path: '/data' }] }
  const { id: machine } = MachineSeen.parse((await ask('POST', MACHINES, { body: { config } })).body)
  const state = async () => MachineSeen.parse((await ask('GET', `${MACHINES}/${machine}`)).body).state
  for (let second = 0; (await read(restored.id)).state === 'restoring'; second += 1) {
    expect(second).toBeLessThan(4)
    expect(await state()).toBe('created')
    await advance(1_000)
  }
  await advance(5_000)
  expect(await state()).toBe('started')
})

test('a snapshot is taken every day and kept for its retention, unless that is switched off', async () => {
  const { advance, make, snapshots } = world()
  const daily = await make({ snapshot_retention: 3 })
  const never = await make({ name: 'other', auto_backup_enabled: false })
  await advance(10 * DAY)
  expect(await snapshots(daily.id)).toHaveLength(3)
  expect(await snapshots(never.id)).toHaveLength(0)
})

test('a fork can be mounted while it is filled, and its source is busy meanwhile', async () => {
  const client = world()
  const { ask, advance, make, read } = client
  const source = await make()
  await advance(1_000)
  // flyctl sends an empty region for the one of the source.
  expect((await make({ source_volume_id: source.id, region: '' })).region).toBe('fra')
  await advance(1_000)
  const fork = await make({ source_volume_id: source.id, region: 'iad' })
  expect(fork).toMatchObject({ region: 'iad', size_gb: 10 })
  expect((await read(source.id)).state).toBe('enabling_remote_export')
  expect((await make({ source_volume_id: source.id })).state).toBe('refused 422')
  expect((await ask('PUT', `${VOLUMES}/${source.id}/extend`, { body: { size_gb: 20 } })).status).toBe(422)
  await advance(1_000)
  expect((await read(source.id)).state).toBe('created')
  expect((await read(fork.id)).state).toBe('hydrating')
  const config = { image: IMAGE, mounts: [{ volume: fork.id, path: '/data' }] }
  expect((await ask('POST', MACHINES, { body: { config, region: 'iad' } })).status).toBe(200)
  await advance(10_000)
  expect((await read(fork.id)).state).toBe('created')
})

test('a fork that is deleted before it is whole leaves nothing', async () => {
  const { ask, advance, make } = world()
  const source = await make()
  await advance(1_000)
  const fork = await make({ source_volume_id: source.id })
  await advance(1_000)
  expect(Volume.parse((await ask('DELETE', `${VOLUMES}/${fork.id}`)).body).state).toBe('fork_cleanup')
  await advance(5_000)
  expect((await ask('GET', `${VOLUMES}/${fork.id}`)).status).toBe(404)
})

test('a running machine fills its volume, and a restart is what shows it a larger one', async () => {
  const client = world()
  const { ask, advance, make, read } = client
  const { id } = await make()
  const machine = await machineOn(client, id)
  const before = (await read(id)).bytes_used
  await advance(5 * DAY)
  const after = (await read(id)).bytes_used
  expect(after).toBeGreaterThan(before)
  expect((await ask('PUT', `${VOLUMES}/${id}/extend`, { body: { size_gb: 20 } })).body).toMatchObject({
    needs_restart: true,
    volume: { state: 'extending', size_gb: 20 },
  })
  await advance(1_000)
  expect(await read(id)).toMatchObject({ state: 'created', bytes_total: 10 * 1024 ** 3 })
  await ask('POST', `${machine}/stop`)
  await advance(10_000)
  const { bytes_used: stopped, bytes_total: whole } = await read(id)
  expect(whole).toBe(20 * 1024 ** 3)
  expect(stopped).toBeGreaterThanOrEqual(after)
  await advance(5 * DAY)
  expect((await read(id)).bytes_used).toBe(stopped)
  expect((await ask('PUT', `${VOLUMES}/${id}/extend`, { body: { size_gb: 30 } })).body).toMatchObject({
    needs_restart: false,
  })
})

test('a volume grows by itself where its mount says so, and no further than that', async () => {
  const client = world()
  const { advance, make, read } = client
  const { id } = await make({ size_gb: 1 })
  await machineOn(client, id, { extend_threshold_percent: 50, add_size_gb: 1, size_gb_limit: 3 })
  await advance(60 * DAY)
  expect((await read(id)).size_gb).toBe(3)
})

test('a raw volume has no file system to tell the use of', async () => {
  const client = world()
  const { id } = await client.make({ fstype: 'raw', encrypted: false })
  await machineOn(client, id)
  await client.advance(DAY)
  expect(await client.read(id)).toMatchObject({ fstype: 'raw', encrypted: false, bytes_used: 0 })
})

test('a volume that is deleted while its machine goes waits until it is let go', async () => {
  const client = world()
  const { ask, advance, make, read } = client
  const { id } = await make()
  const machine = await machineOn(client, id)
  expect((await ask('DELETE', `${VOLUMES}/${id}`)).status).toBe(422)
  await ask('DELETE', `${machine}?force=true`)
  expect(Volume.parse((await ask('DELETE', `${VOLUMES}/${id}`)).body).state).toBe('waiting_for_detach')
  await advance(5_000)
  expect(await read(id)).toMatchObject({ state: 'pending_destroy', attached_machine_id: null })
})

test('volumes of one name lie on hosts of their own until there are no more, unless nobody minds', async () => {
  const { ask, make } = world()
  const zones: string[] = []
  let last = await make()
  while (!last.state.startsWith('refused')) {
    zones.push(last.zone)
    last = await make()
  }
  expect(new Set(zones).size).toBe(zones.length)
  const body = { name: 'data', region: 'fra', size_gb: 1 }
  expect(await ask('POST', VOLUMES, { body })).toMatchObject({
    status: 422,
    body: { status: 'volume_placement_capacity' },
  })
  expect((await make({ require_unique_zone: false })).state).toBe('creating')
  expect((await make({ name: 'other' })).state).toBe('creating')
  expect((await make({ name: 'another', unique_zone_app_wide: true })).state).toBe('refused 422')
})

test('a list in short leaves blocks and bytes out', async () => {
  const { ask, make } = world()
  await make()
  const [volume] = z.array(z.looseObject({})).parse((await ask('GET', `${VOLUMES}?summary=true`)).body)
  expect(volume).toHaveProperty('size_gb')
  expect(volume).not.toHaveProperty('bytes_used')
})

const DEEDS = {
  time: ({ advance }: Client) => advance(1_500),
  delete: ({ ask }: Client, id: string) => ask('DELETE', `${VOLUMES}/${id}`),
  fork: ({ ask }: Client, id: string) => ask('POST', VOLUMES, { body: { name: 'data', source_volume_id: id } }),
  destroy: ({ ask, world: { volumes } }: Client, id: string) =>
    ask('DELETE', `${MACHINES}/${volumes.get(id)?.attachedMachineId ?? 'none'}?force=true`),
  mount: ({ ask }: Client, id: string) =>
    ask('POST', MACHINES, { body: { config: { image: IMAGE, mounts: [{ volume: id, path: '/data' }] } } }),
}
const deed = fc.record({
  act: fc.constantFrom(DEEDS.time, DEEDS.delete, DEEDS.fork, DEEDS.destroy, DEEDS.mount),
  volume: fc.nat({ max: 2 }),
})

test('whatever happens in whatever order, a volume is never on two machines', async () => {
  const property = fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
    const client = world()
    const ids = [await client.make(), await client.make(), await client.make()].map(({ id }) => id)
    for (const { act, volume } of deeds) {
      await act(client, ids[volume] ?? '')
      const alive = [...client.world.machines.values()].filter(({ state }) => state !== 'destroyed')
      const mounted = alive.flatMap(({ config: { mounts = [] } }) => mounts.map((mount) => mount.volume))
      expect(new Set(mounted).size).toBe(mounted.length)
    }
  })
  await fc.assert(property, { numRuns: 15 })
})
