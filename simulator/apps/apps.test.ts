import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulator } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

test('an app is created once, shows after a moment, and its name is taken for all', async () => {
  const { ask, advance } = await simulator({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1 })
  const body = { name: 'ws-9001', org_slug: 'acme-workspaces', network: 'ws-9001-net' }
  expect((await ask('POST', '/v1/apps', { body })).status).toBe(201)
  expect((await ask('GET', '/v1/apps/ws-9001')).status).toBe(404)
  await advance(1_000)
  const { body: seen } = await ask('GET', '/v1/apps/ws-9001')
  expect(seen).toMatchObject({ name: 'ws-9001', status: 'pending', network: 'ws-9001-net' })
  expect(await ask('POST', '/v1/apps', { body })).toMatchObject({ status: 422, body: { status: 'name_taken' } })
  expect((await ask('POST', '/v1/apps', { body: { name: 'Not A Name', org_slug: 'personal' } })).status).toBe(422)
})

test('deleting an app takes its machines and volumes along', async () => {
  const { ask, world } = await simulator()
  const [machine] = world.apps.get('ws-8801')?.machines ?? []
  expect((await ask('DELETE', '/v1/apps/ws-8801?force=true')).status).toBe(202)
  expect((await ask('GET', '/v1/apps/ws-8801')).status).toBe(404)
  expect(world.machines.has(machine ?? '')).toBe(false)
  expect([...world.volumes.values()].some(({ app }) => app === 'ws-8801')).toBe(false)
})

test('secrets show digests and never values', async () => {
  const { ask } = await simulator()
  const set = await ask('POST', '/v1/apps/acme-web/secrets', {
    body: { values: { API_KEY: 'canary-value', SESSION_KEY: null } },
  })
  expect(set.body).toMatchObject({ version: 3, secrets: [{ name: 'DATABASE_URL' }, { name: 'API_KEY' }] })
  const list = await ask('GET', '/v1/apps/acme-web/secrets?show_secrets=true')
  expect(JSON.stringify(list.body)).not.toContain('canary-value')
  expect((await ask('DELETE', '/v1/apps/acme-web/secrets/MISSING')).status).toBe(404)
})

test('addresses are assigned and released', async () => {
  const { ask } = await simulator()
  const made = z
    .looseObject({ ip: z.string() })
    .parse((await ask('POST', '/v1/apps/acme-web/ip_assignments', { body: { type: 'v6' } })).body)
  expect((await ask('DELETE', `/v1/apps/acme-web/ip_assignments/${made.ip}`)).status).toBe(204)
  expect((await ask('DELETE', `/v1/apps/acme-web/ip_assignments/${made.ip}`)).status).toBe(404)
})

test('the public address wakes a sleeping machine and is unavailable without one', async () => {
  const { ask, world } = await simulator()
  const sleeping = [...world.machines.values()].find(({ app, state }) => app.startsWith('ws-') && state === 'suspended')
  expect((await ask('GET', `/_apps/${sleeping?.app}/api/health`)).body).toEqual({ status: 'ok', machine: sleeping?.id })
  expect(sleeping?.state).toBe('started')
  expect(sleeping?.events.some(({ source }) => source === 'proxy')).toBe(true)
  await ask('POST', '/v1/apps?wait=true', { body: { name: 'empty-app', org_slug: 'personal' } })
  const visits = async () => (await ask('GET', '/_apps/empty-app/')).status
  const addresses = '/v1/apps/empty-app/ip_assignments'
  // Its private address leads nobody there from outside.
  await ask('POST', addresses, { body: { type: 'private_v6' } })
  expect(await visits()).toBe(404)
  await ask('POST', addresses, { body: { type: 'shared_v4' } })
  expect(await visits()).toBe(503)
})

test('a certificate is requested once and says which records it wants', async () => {
  const { ask } = await simulator()
  const certificates = '/v1/apps/acme-web/certificates'
  const body = { hostname: 'app.acme.example' }
  expect(await ask('POST', `${certificates}/acme`, { body })).toMatchObject({
    status: 201,
    body: { status: 'pending_ownership' },
  })
  expect((await ask('POST', `${certificates}/acme`, { body })).status).toBe(422)
  expect((await ask('POST', `${certificates}/acme`, { body: { hostname: 'nowhere' } })).status).toBe(422)
  expect((await ask('GET', certificates)).body).toMatchObject({ total_count: 1, next_cursor: '' })
  expect((await ask('POST', `${certificates}/app.acme.example/check`)).body).toMatchObject({
    dns_requirements: { cname: 'acme-web.fly.dev' },
  })
  expect((await ask('DELETE', `${certificates}/app.acme.example`)).status).toBe(204)
})

test('a creation that waits answers the whole app, which is there at once', async () => {
  const { ask } = await simulator({ delayScale: 1 })
  const body = { name: 'waited-for', org_slug: 'personal', network: '', app_role_id: '' }
  expect(await ask('POST', '/v1/apps?wait=true', { body })).toMatchObject({
    status: 201,
    body: { name: 'waited-for', network: 'default', status: 'pending', organization: { slug: 'personal' } },
  })
  expect((await ask('GET', '/v1/apps/waited-for')).status).toBe(200)
})

test('a create that is sent again with its key gives the app that is there, and no other name', async () => {
  const { ask, world } = await simulator()
  const create = (body: unknown) => ask('POST', '/v1/apps', { body })
  const body = { name: 'once-only', org_slug: 'personal', idempotency_key: 'k-1' }
  const { id } = z.looseObject({ id: z.string() }).parse((await create(body)).body)
  expect(await create(body)).toMatchObject({ status: 201, body: { id } })
  expect(await create({ ...body, name: undefined })).toMatchObject({ status: 201, body: { id } })
  expect((await create({ ...body, name: 'once-more' })).status).toBe(422)
  expect((await create({ ...body, idempotency_key: 'k-2' })).status).toBe(422)
  expect(world.apps.has('once-more')).toBe(false)
})

test('the list of apps comes in pages when a limit is given, and newer apps stay out of them', async () => {
  const { ask } = await simulator()
  const Page = z.looseObject({
    apps: z.array(z.looseObject({ name: z.string() })),
    next_cursor: z.string().optional(),
    total_apps: z.number(),
  })
  const list = async (query = '') => Page.parse((await ask('GET', `/v1/apps?org_slug=acme-workspaces${query}`)).body)
  const whole = await list()
  const first = await list('&limit=7')
  await ask('POST', '/v1/apps', { body: { name: 'late-comer', org_slug: 'acme-workspaces' } })
  const names = first.apps.map(({ name }) => name)
  for (let cursor = first.next_cursor; cursor !== undefined; ) {
    const page = await list(`&limit=7&cursor=${cursor}`)
    expect(page.total_apps).toBe(whole.total_apps)
    names.push(...page.apps.map(({ name }) => name))
    cursor = page.next_cursor
  }
  expect(names.sort()).toEqual(whole.apps.map(({ name }) => name).sort())
  for (const query of ['&limit=0', '&limit=7&cursor=x', `&cursor=${first.next_cursor}`]) {
    expect((await ask('GET', `/v1/apps?org_slug=acme-workspaces${query}`)).status, query).toBe(400)
  }
})

test('apps of one network share its addresses', async () => {
  const { ask } = await simulator()
  const cidr = async (app: string) =>
    z.looseObject({ network_cidr: z.string() }).parse((await ask('GET', `/v1/apps/${app}`)).body).network_cidr
  const [machine] = z
    .array(z.looseObject({ private_ip: z.string() }))
    .parse((await ask('GET', '/v1/apps/acme-web/machines')).body)
  expect(machine?.private_ip.startsWith((await cidr('acme-web')).replace(':/48', ''))).toBe(true)
  expect(await cidr('acme-web')).toBe(await cidr('acme-api'))
  expect(await cidr('ws-8801')).not.toBe(await cidr('acme-web'))
})

test('an egress pair is two addresses of one region, and Flycast addresses say their network', async () => {
  const { ask } = await simulator()
  const assign = (body: unknown) => ask('POST', '/v1/apps/acme-web/ip_assignments', { body })
  expect(await assign({ type: 'egress_pair', region: 'fra' })).toMatchObject({
    status: 200,
    body: { ip: null, ip_pair: { v4: expect.any(String), v6: expect.any(String) }, egress: true, region: 'fra' },
  })
  expect((await assign({ type: 'egress_pair' })).status).toBe(422)
  expect(await assign({ type: 'private_v6', network: 'blue' })).toMatchObject({
    body: { ip: expect.stringMatching(/^fdaa:/), network: { name: 'blue', org_slug: 'acme-workspaces' } },
  })
  expect(await assign({ type: 'v6' })).toMatchObject({ body: { network: null, egress: false, region: 'global' } })
  expect((await assign({ type: 'v5' })).status).toBe(400)
  expect((await assign({ type: 'v4', region: 'xyz' })).status).toBe(422)
  expect((await assign({ type: 'private_v6', org_slug: 'nobody' })).status).toBe(404)
})
