import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const ORG = '/api/v1/organizations/acme-workspaces'
const Made = z.looseObject({ data: z.looseObject({ id: z.string() }) })
const BODY = {
  name: 'acme-db',
  region: 'fra',
  org_slug: 'acme-workspaces',
  plan: 'basic',
  pg_major_version: '17',
  storage_in_gb: 20,
  postgis_enabled: false,
}

test('flyctl makes a cluster, waits for it and finds it in both families', async () => {
  const { ask, advance } = simulatorInProcess({ delayScale: 1, clock: createVirtualClock(VIRTUAL_START) })
  expect((await ask('GET', `${ORG}/postgresv2/regions`)).body).toMatchObject({
    data: expect.arrayContaining([
      { code: 'fra', available: true },
      { code: 'gru', available: false },
    ]),
  })
  const made = await ask('POST', `${ORG}/postgresv2`, { body: BODY })
  expect(made).toMatchObject({ status: 201, body: { ok: true, data: { status: 'creating', disk: 20 } } })
  const { id } = Made.parse(made.body).data
  const path = `/api/v1/postgresv2/${id}`
  expect((await ask('GET', path)).body).toMatchObject({ credentials: { status: 'initializing' } })
  await advance(60_000)
  expect((await ask('GET', path)).body).toMatchObject({
    data: { status: 'ready', mpgd_cluster_id: id, ip_assignments: { direct: expect.stringMatching(/^fdaa:/) } },
    credentials: {
      user: 'fly-user',
      dbname: 'fly-db',
      pgbouncer_uri: expect.stringMatching(/^postgresql:\/\/fly-user:/),
    },
  })
  expect((await ask('GET', `${ORG}/postgres`)).body).toMatchObject({ data: [{ id, version: 2 }] })
  expect((await ask('GET', `/v1/postgres/${id}`)).body).toMatchObject({ data: { name: 'acme-db', disk_size_gb: 20 } })
  expect((await ask('POST', `${ORG}/postgresv2`, { body: { ...BODY, plan: 'huge' } })).status).toBe(422)
  expect((await ask('POST', '/api/v1/organizations/nobody/postgresv2', { body: BODY })).status).toBe(404)
})

test('what flyctl does to a cluster is done to the one there is', async () => {
  const { ask, advance } = simulatorInProcess({ delayScale: 1, clock: createVirtualClock(VIRTUAL_START) })
  const { id } = Made.parse((await ask('POST', `${ORG}/postgresv2`, { body: BODY })).body).data
  await advance(60_000)
  const path = `/api/v1/postgresv2/${id}`
  const under = async (method: string, rest: string, body?: unknown) => ask(method, path + rest, { body })
  expect((await under('POST', '/databases', { name: 'shop' })).status).toBe(201)
  expect((await under('GET', '/databases')).body).toEqual({ data: [{ name: 'fly-db' }, { name: 'shop' }] })
  expect((await under('POST', '/users', { username: 'app', role: 'writer' })).body).toEqual({
    data: { name: 'app', role: 'writer' },
  })
  expect((await under('PATCH', '/users/app', { role: 'reader' })).status).toBe(204)
  expect((await under('GET', '/users')).body).toMatchObject({ data: [{}, { name: 'app', role: 'reader' }] })
  const wanted = { name: 'citext', schema: 'words', create_schema_if_needed: true }
  expect((await under('POST', '/databases/shop/extensions', wanted)).status).toBe(204)
  expect((await under('GET', '/databases/shop/extensions')).body).toMatchObject({
    data: expect.arrayContaining([
      expect.objectContaining({ name: 'citext', is_system: false, installed: { schema: 'words', version: '1.6' } }),
    ]),
  })
  expect((await under('POST', '/backups', { type: 'full' })).status).toBe(202)
  expect((await under('GET', '/backups')).body).toMatchObject({
    data: [{ status: 'in_progress' }, { status: 'completed' }],
  })
  expect((await under('POST', '/attachments', { app_name: 'acme-web' })).status).toBe(201)
  expect((await under('GET', '')).body).toMatchObject({ data: { attached_apps: [{ name: 'acme-web' }] } })
  expect((await under('DELETE', '/attachments/acme-web')).status).toBe(200)
  expect((await ask('DELETE', `${ORG}/postgresv2/${id}`)).status).toBe(202)
  await advance(10_000)
  expect((await ask('GET', `${ORG}/postgres`)).body).toEqual({ data: [] })
  expect((await ask('GET', `${ORG}/postgres/deleted`)).body).toMatchObject({ data: [{ id, status: 'deleted' }] })
})
