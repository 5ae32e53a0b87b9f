import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { routes } from '../routes.ts'
import { simulator } from '../test/client.ts'

const APPS = '/v1/apps?org_slug=acme-workspaces'

test('every answer carries a request id', async () => {
  const { ask } = await simulator()
  for (const path of [APPS, '/v1/nothing', '/v1/apps/missing']) {
    expect((await ask('GET', path)).headers.get('fly-request-id'), path).toMatch(/^\w+/)
  }
})

test('a missing, malformed or revoked token gets 401, and a restored one works', async () => {
  const { ask, control, addresses } = await simulator()
  const { tokens, token } = addresses
  expect((await ask('GET', APPS, { headers: { authorization: '' } })).status).toBe(401)
  expect((await ask('GET', APPS, { headers: { authorization: token } })).status).toBe(401)
  expect((await ask('GET', APPS, { headers: { authorization: `FlyV1 ${token}` } })).status).toBe(401)
  expect((await ask('GET', APPS, { headers: { authorization: `Bearer FlyV1 ${tokens.org}` } })).status).toBe(200)
  expect((await ask('GET', APPS, { token: tokens.revoked })).status).toBe(401)
  await control('revoke', { token })
  expect((await ask('GET', APPS)).status).toBe(401)
  await control('restore', { token })
  expect((await ask('GET', APPS)).status).toBe(200)
})

test('each kind of token may do what it is for and no more', async () => {
  const { ask, addresses } = await simulator()
  const { org, deploy, readonly } = addresses.tokens
  const status = async (method: string, path: string, token: string) =>
    (await ask(method, path, { token, body: method === 'GET' ? undefined : {} })).status
  expect(await status('GET', APPS, org)).toBe(200)
  expect(await status('GET', '/v1/apps?org_slug=personal', org)).toBe(403)
  expect(await status('GET', '/v1/apps/acme-api', deploy)).toBe(200)
  expect(await status('GET', '/v1/apps/acme-web', deploy)).toBe(403)
  expect(await status('GET', APPS, deploy)).toBe(403)
  expect(await status('GET', '/v1/orgs/acme-workspaces/machines', deploy)).toBe(403)
  expect(await status('GET', '/v1/apps/acme-web/machines', readonly)).toBe(200)
  expect(await status('POST', '/v1/apps/acme-web/machines', readonly)).toBe(403)
  expect(await status('DELETE', '/v1/apps/acme-web', readonly)).toBe(403)
  expect(await status('GET', '/v1/apps/free-name', readonly)).toBe(404)
})

test('the fourth request at once to one action is too many, another machine is another matter', async () => {
  const { ask } = await simulator({ rateLimits: 'documented' })
  const statuses = async (path: string, times: number) => {
    const answers = await Promise.all(Array.from({ length: times }, () => ask('GET', path)))
    return answers.map(({ status }) => status).sort()
  }
  expect(await statuses('/v1/apps/acme-web/machines', 4)).toEqual([200, 200, 200, 429])
  expect(await statuses('/v1/apps/acme-api/machines', 3)).toEqual([200, 200, 200])
  const [machine] = z
    .array(z.looseObject({ id: z.string() }))
    .parse((await ask('GET', '/v1/apps/acme-docs/machines')).body)
  const reads = await statuses(`/v1/apps/acme-docs/machines/${machine?.id}`, 12)
  expect(reads.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10)
  expect(reads.at(-1)).toBe(429)
})

test('failures are served as ordered, then the real answer comes back', async () => {
  const { ask, control } = await simulator()
  await control('fail', { path: '/v1/apps', status: 503, times: 2 })
  expect((await ask('GET', APPS)).status).toBe(503)
  expect((await ask('GET', APPS)).status).toBe(503)
  expect((await ask('GET', APPS)).status).toBe(200)
  await control('fail', { garbage: true })
  expect((await ask('GET', APPS)).body).toContain('<html>')
  await control('fail', { reset: true, method: 'GET' })
  await expect(ask('GET', APPS)).rejects.toThrow()
  await control('offline')
  await expect(ask('GET', APPS)).rejects.toThrow()
  await control('online')
  expect((await ask('GET', APPS)).status).toBe(200)
})

test('a failure strikes the paths that begin with its segments, and no other', async () => {
  const { ask, control } = await simulator()
  const paths = ['/v1/apps/acme-web', '/v1/apps/acme-web/machines', '/v1/apps/acme-docs']
  const statuses = () => Promise.all(paths.map(async (path) => (await ask('GET', path)).status))
  await control('fail', { path: '/v1/apps/acme-web', status: 418, times: 9 })
  expect(await statuses()).toEqual([418, 418, 200])
  await control('clear-faults')
  await control('fail', { path: '/v1/apps/acme', status: 418, times: 9 })
  expect(await statuses()).toEqual([200, 200, 200])
  await control('clear-faults')
  await control('fail', { path: '/v1/apps/*/machines', status: 418, times: 9 })
  expect(await statuses()).toEqual([200, 418, 200])
})

test('a body that is not JSON is a 400, but only for those who may ask at all', async () => {
  const { ask, addresses } = await simulator()
  const path = '/v1/apps/acme-web/machines'
  expect((await ask('POST', path, { body: '{"config":' })).status).toBe(400)
  expect((await ask('POST', path, { body: '{"config":', token: addresses.tokens.revoked })).status).toBe(401)
  expect((await ask('POST', path, { body: '{"config":', token: addresses.tokens.readonly })).status).toBe(403)
})

test('the control port wants its own token, and the ledger never holds one', async () => {
  const { ask, addresses } = await simulator()
  expect((await ask('POST', '/_control/offline')).status).toBe(401)
  await ask('GET', APPS)
  const headers = { authorization: `Bearer ${addresses.controlToken}` }
  const { body } = await ask('GET', '/_control/ledger', { headers })
  expect(body).toMatchObject({ requests: [{ method: 'GET', path: '/v1/apps', status: 200, token: 'user' }] })
  const text = JSON.stringify(body)
  for (const token of Object.values(addresses.tokens)) expect(text).not.toContain(token)
})

test('no body, however wrong, ends in a 500', async () => {
  const { ask, world } = await simulator({ delayScale: 0 })
  const machine = [...(world.apps.get('acme-web')?.machines ?? [])][0] ?? ''
  const volume = [...(world.apps.get('acme-workspaces')?.volumes ?? [])][0] ?? ''
  const names: Record<string, string> = {
    ':app': 'acme-web',
    ':machine': machine,
    ':volume': volume,
    ':org': 'personal',
  }
  const path = (route: string) => route.replaceAll(/:\w+/g, (name) => names[name] ?? 'x')
  const writes = routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
  const shape = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .dictionary(
        fc.constantFrom('config', 'name', 'region', 'metadata', 'input', 'query', 'values', 'ttl'),
        fc.jsonValue(),
      )
      .map((body) => JSON.stringify(body)),
  )
  const property = fc.asyncProperty(fc.constantFrom(...writes), shape, async ({ method, path: route }, body) => {
    const { status } = await ask(method, path(route), { body })
    expect(status, `${method} ${route} ${body}`).toBeLessThan(500)
  })
  await fc.assert(property, { numRuns: 300 })
}, 60_000)

test('no query, however wrong, ends in a 500', async () => {
  const { ask } = await simulator()
  const reads = routes.filter(({ method, path }) => method === 'GET' && !path.includes('/wait'))
  const query = fc.dictionary(
    fc.constantFrom('limit', 'state', 'region', 'cursor', 'updated_after', 'next_token', 'org_slug', 'summary'),
    fc.string(),
  )
  const property = fc.asyncProperty(fc.constantFrom(...reads), query, async ({ path }, values) => {
    const { status } = await ask(
      'GET',
      `${path.replaceAll(':app', 'acme-web').replaceAll(':org', 'personal')}?${new URLSearchParams(values)}`,
    )
    expect(status, `${path} ${JSON.stringify(values)}`).toBeLessThan(500)
  })
  await fc.assert(property, { numRuns: 200 })
}, 60_000)
