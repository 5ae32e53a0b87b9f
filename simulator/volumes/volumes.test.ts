import { expect, test } from 'vitest'
import { z } from 'zod'
import { MachineSeen, simulator, waitFor } from '../test/client.ts'

const Volume = z.looseObject({
  id: z.string(),
  state: z.string(),
  region: z.string(),
  size_gb: z.number(),
  attached_machine_id: z.string().nullable(),
  bytes_used: z.number(),
})
const VOLUMES = '/v1/apps/acme-workspaces/volumes'
const MACHINES = '/v1/apps/acme-workspaces/machines'
const config = (volume: string) => ({
  image: 'registry.fly.io/acme-docs:latest',
  mounts: [{ volume, path: '/workspace' }],
})

test('a volume lives on one machine, in its own region, and outlives it', async () => {
  const client = await simulator()
  const { ask } = client
  const made = Volume.parse(
    (await ask('POST', VOLUMES, { body: { name: 'workspace', region: 'fra', size_gb: 5 } })).body,
  )
  expect(made).toMatchObject({ state: 'creating', region: 'fra', attached_machine_id: null })
  const elsewhere = await ask('POST', MACHINES, { body: { config: config(made.id), region: 'iad' } })
  expect(elsewhere).toMatchObject({ status: 422, body: { status: 'volume_placement_capacity' } })
  const machine = MachineSeen.parse(
    (await ask('POST', MACHINES, { body: { config: config(made.id), region: 'fra' } })).body,
  )
  expect(Volume.parse((await ask('GET', `${VOLUMES}/${made.id}`)).body).attached_machine_id).toBe(machine.id)
  expect((await ask('POST', MACHINES, { body: { config: config(made.id), region: 'fra' } })).status).toBe(422)
  expect((await ask('DELETE', `${VOLUMES}/${made.id}`)).status).toBe(422)
  await ask('DELETE', `${MACHINES}/${machine.id}?force=true`)
  await waitFor(client, `${MACHINES}/${machine.id}`, 'destroyed')
  expect(Volume.parse((await ask('GET', `${VOLUMES}/${made.id}`)).body).attached_machine_id).toBeNull()
  expect(Volume.parse((await ask('DELETE', `${VOLUMES}/${made.id}`)).body).state).toBe('pending_destroy')
})

test('a volume grows and never shrinks', async () => {
  const { ask } = await simulator()
  const { id } = Volume.parse(
    (await ask('POST', VOLUMES, { body: { name: 'workspace', region: 'fra', size_gb: 5 } })).body,
  )
  await expect.poll(async () => Volume.parse((await ask('GET', `${VOLUMES}/${id}`)).body).state).toBe('created')
  expect((await ask('PUT', `${VOLUMES}/${id}/extend`, { body: { size_gb: 10 } })).body).toMatchObject({
    volume: { size_gb: 10 },
    needs_restart: false,
  })
  expect((await ask('PUT', `${VOLUMES}/${id}/extend`, { body: { size_gb: 5 } })).status).toBe(400)
  expect((await ask('POST', VOLUMES, { body: { name: 'workspace', region: 'fra', size_gb: 501 } })).status).toBe(400)
  expect((await ask('POST', VOLUMES, { body: { name: 'workspace', region: 'gru' } })).body).toMatchObject({
    status: 'insufficient_capacity',
  })
})

test('a snapshot is taken in steps and a volume can begin with one', async () => {
  const { ask } = await simulator()
  const [first] = z.array(Volume).parse((await ask('GET', VOLUMES)).body)
  const snapshots = `${VOLUMES}/${first?.id}/snapshots`
  const taken = z
    .looseObject({ Msg: z.looseObject({ backup: z.looseObject({ graph_id: z.string() }) }) })
    .parse((await ask('POST', snapshots)).body)
  const newest = async () =>
    z.array(z.looseObject({ id: z.string(), status: z.string() })).parse((await ask('GET', snapshots)).body)[0]
  await expect.poll(newest).toMatchObject({ id: taken.Msg.backup.graph_id, status: 'created' })
  const body = { name: 'workspace', region: 'fra', size_gb: 50, snapshot_id: taken.Msg.backup.graph_id }
  expect((await ask('POST', VOLUMES, { body })).status).toBe(200)
})

test('null and empty words count as not said, as Go clients write them', async () => {
  const { ask } = await simulator()
  const unset = { snapshot_retention: null, auto_backup_enabled: null, snapshot_id: null, source_volume_id: null }
  const body = { name: 'data', region: 'fra', size_gb: 1, encrypted: true, fstype: '', compute: null, ...unset }
  expect(await ask('POST', '/v1/apps/acme-docs/volumes', { body })).toMatchObject({
    status: 200,
    body: { size_gb: 1, fstype: 'ext4', snapshot_retention: 5, auto_backup_enabled: true },
  })
})

test('a config tells of the volume it mounts what its sender left out, and how large it has become', async () => {
  const client = await simulator()
  const { ask } = client
  const { id } = Volume.parse((await ask('POST', VOLUMES, { body: { name: 'notes', region: 'fra', size_gb: 5 } })).body)
  const { id: machine } = MachineSeen.parse((await ask('POST', MACHINES, { body: { config: config(id) } })).body)
  const mounts = async () => (await ask('GET', `${MACHINES}/${machine}`)).body
  const told = (size_gb: number) => ({
    config: { mounts: [{ volume: id, path: '/workspace', name: 'notes', encrypted: true, size_gb }] },
  })
  expect(await mounts()).toMatchObject(told(5))
  await expect.poll(async () => Volume.parse((await ask('GET', `${VOLUMES}/${id}`)).body).state).toBe('created')
  await ask('PUT', `${VOLUMES}/${id}/extend`, { body: { size_gb: 9 } })
  expect(await mounts()).toMatchObject(told(9))
  await waitFor(client, `${MACHINES}/${machine}`, 'started')
  await ask('POST', `${MACHINES}/${machine}`, { body: { config: config(id) } })
  expect(await mounts()).toMatchObject(told(9))
})
