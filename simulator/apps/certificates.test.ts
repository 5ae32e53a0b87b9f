import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulator } from '../test/client.ts'
import { selfSigned } from '../test/self-signed.ts'

const CERTIFICATES = '/v1/apps/acme-web/certificates'
const YEAR = 365 * 24 * 3_600_000
const Detail = z.looseObject({
  status: z.string(),
  dns_requirements: z.looseObject({
    aaaa: z.array(z.string()),
    acme_challenge: z.looseObject({ target: z.string() }),
    ownership: z.looseObject({ app_value: z.string() }),
  }),
})

test('a certificate waits for ownership, then for the challenge, then it is issued', async () => {
  const { ask } = await simulator({ delayScale: 0 })
  const hostname = 'app.acme.example'
  const path = `${CERTIFICATES}/${hostname}`
  const { dns_requirements: wanted } = Detail.parse(
    (await ask('POST', `${CERTIFICATES}/acme`, { body: { hostname } })).body,
  )
  expect((await ask('POST', `${path}/check`)).body).toMatchObject({ status: 'pending_ownership', configured: false })
  const ownership = { hostname, ownership_txt: wanted.ownership.app_value }
  expect((await ask('POST', '/_sim/dns', { body: ownership })).status).toBe(204)
  expect((await ask('GET', path)).body).toMatchObject({ status: 'pending_validation' })
  await ask('POST', '/_sim/dns', { body: { ...ownership, acme_challenge_cname: wanted.acme_challenge.target } })
  expect((await ask('POST', `${path}/check`)).body).toMatchObject({
    validation: { dns_configured: true, ownership_txt_configured: true },
    dns_records: { ownership_txt: wanted.ownership.app_value },
  })
  expect((await ask('GET', path)).body).toMatchObject({
    status: 'active',
    configured: true,
    certificates: [{ source: 'fly', status: 'active', issued: [{ type: 'rsa' }, { type: 'ecdsa' }] }],
  })
})

test('an uploaded certificate works once the hostname is known to be the owner’s', async () => {
  const { ask } = await simulator({ delayScale: 0 })
  const body = selfSigned('shop.acme.example', { expiresAt: Date.now() + YEAR })
  const made = await ask('POST', `${CERTIFICATES}/custom`, { body })
  expect(made).toMatchObject({
    status: 201,
    body: {
      status: 'pending_ownership',
      acme_requested: false,
      certificates: [{ source: 'custom', issuer: 'Test Authority', issued: [] }],
    },
  })
  const { app_value } = Detail.parse(made.body).dns_requirements.ownership
  await ask('POST', '/_sim/dns', { body: { hostname: body.hostname, ownership_txt: app_value } })
  const path = `${CERTIFICATES}/${body.hostname}`
  expect((await ask('GET', path)).body).toMatchObject({ status: 'active' })
  expect(await ask('DELETE', `${path}/acme`)).toMatchObject({ status: 404 })
  expect(await ask('DELETE', `${path}/custom`)).toMatchObject({
    status: 200,
    body: { certificates: [], warning: 'shop.acme.example has no certificate any more' },
  })
  expect((await ask('DELETE', `${path}/custom`)).status).toBe(404)
})

test('an uploaded certificate is refused when it is expired, another’s, or not one at all', async () => {
  const { ask, world } = await simulator()
  const good = selfSigned('*.acme.example', { expiresAt: Date.now() + YEAR })
  const other = selfSigned('*.acme.example', { expiresAt: Date.now() + YEAR })
  const old = selfSigned('*.acme.example', { expiresAt: Date.now() - 1000 })
  const status = async (body: unknown) => (await ask('POST', `${CERTIFICATES}/custom`, { body })).status
  expect(await status({ ...good, private_key: other.private_key })).toBe(422)
  expect(await status({ ...good, private_key: 'no key' })).toBe(422)
  expect(await status({ ...good, fullchain: 'no certificate' })).toBe(422)
  expect(await status({ ...good, hostname: 'shop.other.example' })).toBe(422)
  expect(await status(old)).toBe(422)
  expect(world.apps.get('acme-web')?.certificates).toEqual([])
  expect(await status({ ...good, hostname: 'shop.acme.example' })).toBe(201)
  expect(await status(good)).toBe(201)
  expect((await ask('GET', `${CERTIFICATES}/%2A.ACME.example`)).body).toMatchObject({ hostname: '*.acme.example' })
})

test('both kinds live side by side, and Fly’s own can be stopped', async () => {
  const { ask } = await simulator()
  const body = selfSigned('shop.acme.example', { expiresAt: Date.now() + YEAR })
  await ask('POST', `${CERTIFICATES}/custom`, { body })
  await ask('POST', `${CERTIFICATES}/acme`, { body: { hostname: body.hostname } })
  const path = `${CERTIFICATES}/${body.hostname}`
  expect((await ask('GET', path)).body).toMatchObject({ certificates: [{ source: 'custom' }, { source: 'fly' }] })
  expect((await ask('GET', CERTIFICATES)).body).toMatchObject({
    certificates: [{ has_custom_certificate: true, has_fly_certificate: true }],
    total_count: 1,
  })
  expect((await ask('DELETE', `${path}/acme`)).body).toMatchObject({
    acme_requested: false,
    certificates: [{ source: 'custom' }],
  })
})
