import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const Made = z.looseObject({ data: z.looseObject({ id: z.string() }) })
const BODY = { org_slug: 'acme-workspaces', name: 'acme-db', region: 'fra', plan: 'launch' }

const client = () => simulatorInProcess({ delayScale: 1, clock: createVirtualClock(VIRTUAL_START) })

/** A cluster that is ready, and how to ask for what is under it. */
async function cluster(world: Client, body: object = BODY) {
  const { id } = Made.parse((await world.ask('POST', '/v1/postgres', { body })).body).data
  await world.advance(60_000)
  const path = `/v1/postgres/${id}`
  return {
    id,
    path,
    ask: (method: string, under = '', sent?: unknown) => world.ask(method, path + under, { body: sent }),
  }
}

test('a cluster is provisioned step by step, and can be reached when it is ready', async () => {
  const world = client()
  const made = await world.ask('POST', '/v1/postgres', { body: BODY })
  expect(made).toMatchObject({
    status: 201,
    body: {
      data: { status: 'creating', plan: 'launch', cpu_kind: 'performance', pg_major_version: '17', disk_size_gb: 10 },
    },
  })
  expect(made.body).not.toHaveProperty('data.endpoints')
  const path = `/v1/postgres/${Made.parse(made.body).data.id}`
  const early = await world.ask('GET', `${path}/databases`)
  expect(early.status).toBe(503)
  expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0)
  await world.advance(5_000)
  expect((await world.ask('GET', path)).body).toMatchObject({ data: { status: 'initializing' } })
  await world.advance(9_000)
  expect((await world.ask('GET', path)).body).toMatchObject({
    data: {
      status: 'ready',
      organization: { slug: 'acme-workspaces' },
      endpoints: { primary: { direct: { port: 5432 }, pooler: { port: 5432 } } },
      storage_used_bytes: null,
    },
  })
  expect((await world.ask('GET', `${path}/databases`)).body).toEqual({ data: [{ name: 'fly-db' }] })
  expect((await world.ask('GET', `${path}/users`)).body).toEqual({
    data: [{ username: 'fly-user', role: 'schema_admin' }],
  })
  await world.advance(3_600_000)
  expect((await world.ask('GET', path)).body).toMatchObject({ data: { storage_used_bytes: expect.any(Number) } })
})

test('attributes that no cluster can have are refused and make none', async () => {
  const { ask, world } = client()
  const create = async (change: object) => (await ask('POST', '/v1/postgres', { body: { ...BODY, ...change } })).status
  expect(await create({ org_slug: undefined })).toBe(400)
  expect(await create({ org_slug: 7 })).toBe(400)
  expect(await create({ org_slug: 'nobody' })).toBe(404)
  for (const change of [
    { plan: 'huge' },
    { plan: undefined },
    { region: 'xyz' },
    { region: 'gru' },
    { disk_size_gb: 5 },
    { disk_size_gb: 1001 },
    { pg_major_version: '15' },
    { pool_mode: 'statement' },
    { postgis_enabled: 'yes' },
    { name: 'Not a name' },
  ]) {
    expect(await create(change), JSON.stringify(change)).toBe(422)
  }
  expect(world.postgres.size).toBe(0)
  expect(await create({ plan: 'PERFORMANCE', name: undefined })).toBe(201)
  expect([...world.postgres.values()]).toMatchObject([{ plan: 'Performance' }])
})

test('a deleted cluster goes by and by, and is listed only to who asks for it', async () => {
  const world = client()
  const { ask, id } = await cluster(world)
  const list = async (query = '') => (await world.ask('GET', `/v1/postgres?org_slug=acme-workspaces${query}`)).body
  expect(await list()).toMatchObject({ data: [{ id, status: 'ready' }] })
  expect((await ask('DELETE')).status).toBe(202)
  expect((await ask('GET')).body).toMatchObject({ data: { status: 'deleting' } })
  expect(await ask('DELETE')).toMatchObject({ status: 410, body: { error: 'This cluster is being deleted' } })
  await world.advance(10_000)
  expect((await ask('GET')).status).toBe(404)
  expect(await ask('DELETE')).toMatchObject({ status: 410, body: { error: 'This cluster has been deleted' } })
  expect(await list()).toEqual({ data: [] })
  expect(await list('&include_deleted=true')).toMatchObject({
    data: [{ id, status: 'deleted', deleted_at: expect.any(String) }],
  })
  expect((await world.ask('GET', '/v1/postgres?org_slug=acme-workspaces&include_deleted=maybe')).status).toBe(422)
  expect((await world.ask('GET', '/v1/postgres')).status).toBe(400)
})

test('databases and users come and go, but for those of the system', async () => {
  const { ask } = await cluster(client())
  expect(await ask('POST', '/databases', { name: 'shop' })).toMatchObject({
    status: 201,
    body: { data: { name: 'shop' } },
  })
  for (const name of ['postgres', 'shop', '-x', 'a b']) {
    expect((await ask('POST', '/databases', { name })).status, name).toBe(400)
  }
  expect((await ask('POST', '/databases', {})).status).toBe(422)
  expect(await ask('DELETE', '/databases/shop')).toMatchObject({ status: 200, body: { data: { name: 'shop' } } })
  expect((await ask('DELETE', '/databases/shop')).status).toBe(404)
  expect((await ask('POST', '/users', { username: 'app', role: 'writer' })).status).toBe(201)
  expect((await ask('POST', '/users', { username: 'app', role: 'reader' })).status).toBe(409)
  expect((await ask('POST', '/users', { username: 'app2', role: 'king' })).status).toBe(422)
  expect((await ask('POST', '/users', { username: 'pgbouncer', role: 'reader' })).status).toBe(400)
  expect((await ask('PATCH', '/users/app', { role: 'reader' })).status).toBe(204)
  expect((await ask('GET', '/users')).body).toMatchObject({ data: [{}, { username: 'app', role: 'reader' }] })
  expect((await ask('DELETE', '/users/app')).status).toBe(204)
  expect((await ask('GET', '/users/app/credentials')).status).toBe(404)
})

test('a password stays the same until it is rotated', async () => {
  const { ask } = await cluster(client())
  const credentials = async () => (await ask('GET', '/users/fly-user/credentials')).body
  const before = await credentials()
  expect(before).toMatchObject({ data: { username: 'fly-user', password: expect.stringMatching(/^\w{24}$/) } })
  expect(await credentials()).toEqual(before)
  expect((await ask('POST', '/users/fly-user/rotate_password', { kill_sessions: 'all' })).status).toBe(422)
  expect(await credentials()).toEqual(before)
  const rotated = await ask('POST', '/users/fly-user/rotate_password')
  expect(rotated.body).not.toEqual(before)
  expect(await credentials()).toEqual(rotated.body)
})

test('extensions are enabled where they can be', async () => {
  const { ask } = await cluster(client())
  const path = '/databases/fly-db/extensions'
  const enable = async (body: object) => (await ask('POST', path, body)).status
  expect(await enable({ name: 'citext' })).toBe(204)
  expect(await enable({ name: 'citext' })).toBe(409)
  expect(await enable({ name: 'postgis' })).toBe(409)
  expect(await enable({ name: 'nonsense' })).toBe(422)
  expect(await enable({ name: 'vector', schema: 'ai' })).toBe(422)
  expect(await enable({ name: 'vector', schema: 'ai', create_schema: true })).toBe(204)
  const Listed = z.looseObject({ data: z.array(z.looseObject({ name: z.string(), installed: z.unknown() })) })
  const { data } = Listed.parse((await ask('GET', path)).body)
  const installed = Object.fromEntries(data.map((one) => [one.name, one.installed]))
  expect(installed).toMatchObject({ citext: { schema: 'public' }, vector: { schema: 'ai' }, postgis: null })
  expect((await ask('DELETE', `${path}/citext?force=true`)).status).toBe(204)
  expect((await ask('DELETE', `${path}/plpgsql`)).status).toBe(400)
  expect((await ask('DELETE', `${path}/citext?force=perhaps`)).status).toBe(422)
})

test('an attachment is noted once and needs an app', async () => {
  const world = client()
  const { ask } = await cluster(world)
  expect((await ask('POST', '/attachments', { app_name: 'acme-web' })).status).toBe(201)
  expect((await ask('POST', '/attachments', { app_name: 'acme-web' })).status).toBe(200)
  expect((await ask('GET')).body).toMatchObject({ data: { attached_apps: [{ name: 'acme-web' }] } })
  expect(await ask('POST', '/attachments', { app_name: 'missing' })).toMatchObject({
    status: 404,
    body: { error: 'App not found' },
  })
  expect((await ask('DELETE', '/attachments/acme-web')).status).toBe(204)
  expect(await ask('DELETE', '/attachments/acme-web')).toMatchObject({ body: { error: 'Attachment not found' } })
})

test('one backup runs at a time, and what is restored or forked is a cluster of its own', async () => {
  const world = client()
  const { ask, id } = await cluster(world)
  const Backups = z.looseObject({ data: z.array(z.looseObject({ id: z.string(), status: z.string() })) })
  expect((await ask('POST', '/backups', { type: 'incr' })).status).toBe(202)
  expect((await ask('POST', '/backups', { type: 'full' })).status).toBe(409)
  expect((await ask('POST', '/backups', { type: 'none' })).status).toBe(422)
  await world.advance(20_000)
  const { data } = Backups.parse((await ask('GET', '/backups')).body)
  expect(data).toMatchObject([
    { type: 'incr', status: 'completed' },
    { type: 'full', status: 'completed' },
  ])
  await ask('POST', '/databases', { name: 'shop' })
  const restored = await ask('POST', '/restore', { backup_id: data[0]?.id, name: 'again' })
  expect(restored).toMatchObject({ status: 201, body: { data: { name: 'again', status: 'creating', plan: 'launch' } } })
  expect(await ask('POST', '/fork')).toMatchObject({ status: 201, body: { data: { name: 'acme-db-fork' } } })
  expect((await ask('POST', '/restore', { backup_id: 'none' })).body).toEqual({
    error: `Backup none not found for cluster ${id}`,
  })
  expect((await ask('POST', '/restore', {})).status).toBe(422)
  expect((await ask('POST', '/restore', { pitr_time: '2020-01-01T00:00:00Z' })).status).toBe(422)
  const now = new Date(world.world.clock.now()).toISOString()
  expect((await ask('POST', '/restore', { pitr_time: now, backup_id: data[0]?.id })).status).toBe(422)
  expect((await ask('POST', '/restore', { pitr_time: now })).status).toBe(201)
  await world.advance(60_000)
  const fork = [...world.world.postgres.values()].find(({ name }) => name === 'acme-db-fork')
  expect([...(fork?.databases.keys() ?? [])]).toEqual(['fly-db', 'shop'])
})

test('queries are told of a database and a range that make sense', async () => {
  const world = client()
  const { ask } = await cluster(world)
  await world.advance(600_000)
  const Rows = z.looseObject({ data: z.array(z.looseObject({ total_exec_time_seconds: z.number() })) })
  const { data } = Rows.parse((await ask('GET', '/queries/slow?range=600')).body)
  const totals = data.map(({ total_exec_time_seconds: total }) => total)
  expect(totals.length).toBeGreaterThan(0)
  expect(totals).toEqual([...totals].sort((a, b) => b - a))
  for (const query of ['slow?range=0', 'slow?range=604801', 'active', 'active?database=%20']) {
    expect((await ask('GET', `/queries/${query}`)).status, query).toBe(422)
  }
  expect((await ask('GET', '/queries/active?database=fly-db')).status).toBe(200)
})

test('a token of another organization or of one app sees no cluster', async () => {
  const world = client()
  const { path } = await cluster(world, { ...BODY, org_slug: 'personal' })
  const { org, deploy, user } = world.addresses.tokens
  const status = async (token: string) => (await world.ask('GET', path, { token })).status
  expect(await status(user)).toBe(200)
  expect(await status(org)).toBe(404)
  expect(await status(deploy)).toBe(404)
  expect((await world.ask('DELETE', path, { token: org })).status).toBe(404)
})
