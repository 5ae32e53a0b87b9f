import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulator } from '../test/client.ts'

test('an app is created once, shows after a moment, and its name is taken for all', async () => {
  const { ask } = await simulator({ delayScale: 0.2 })
  const body = { name: 'ws-9001', org_slug: 'acme-workspaces', network: 'ws-9001-net' }
  expect((await ask('POST', '/v1/apps', { body })).status).toBe(201)
  expect((await ask('GET', '/v1/apps/ws-9001')).status).toBe(404)
  await expect
    .poll(async () => (await ask('GET', '/v1/apps/ws-9001')).body)
    .toMatchObject({ name: 'ws-9001', status: 'pending', network: 'ws-9001-net' })
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
  await ask('POST', '/v1/apps', { body: { name: 'empty-app', org_slug: 'personal' } })
  expect((await ask('GET', '/_apps/empty-app/')).status).toBe(503)
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
