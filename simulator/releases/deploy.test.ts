import { expect, test } from 'vitest'
import { z } from 'zod'
import { findMachine, simulator, waitFor } from '../test/client.ts'

test('a deploy can be walked from build to complete release', async () => {
  const client = await simulator()
  const { ask, addresses } = client
  const build = z
    .looseObject({ id: z.int() })
    .parse((await ask('POST', '/api/v1/builds', { body: { app_name: 'acme-docs', builder_type: 'remote' } })).body)
  const pushed = z
    .looseObject({ digest: z.string(), ref: z.string() })
    .parse((await ask('POST', '/_sim/images', { body: { app: 'acme-docs', tag: 'deployment-1' } })).body)
  await ask('POST', '/api/v1/builds/finish', {
    body: { build_id: build.id, app_name: 'acme-docs', status: 'completed' },
  })
  const basic = { authorization: `Basic ${btoa(`x:${addresses.token}`)}` }
  const head = await ask('HEAD', '/v2/acme-docs/manifests/deployment-1', { headers: basic })
  expect(head.headers.get('docker-content-digest')).toBe(pushed.digest)
  const body = { app_name: 'acme-docs', image: pushed.ref, strategy: 'rolling', definition: {} }
  const { release } = z
    .looseObject({ release: z.looseObject({ id: z.string(), version: z.number() }) })
    .parse((await ask('POST', '/api/v1/releases', { body })).body)
  const mark = async (status: string) =>
    (await ask('PATCH', `/api/v1/releases/${release.id}`, { body: { status } })).status
  expect(await mark('running')).toBe(200)
  const { path } = await findMachine(client, { app: 'acme-docs', state: 'started' })
  expect((await ask('POST', path, { body: { config: { image: pushed.ref } } })).body).toMatchObject({
    image_ref: { digest: pushed.digest },
  })
  await waitFor(client, path, 'started')
  expect(await mark('complete')).toBe(200)
  expect((await ask('GET', '/api/v1/apps/acme-docs/releases/current')).body).toMatchObject({
    version: release.version,
    status: 'complete',
    image_ref: pushed.ref,
  })
})

test('a missing tag is 404 in the registry and cannot be run', async () => {
  const { ask, addresses } = await simulator()
  const basic = { authorization: `Basic ${btoa(`x:${addresses.token}`)}` }
  expect((await ask('HEAD', '/v2/acme-docs/manifests/nothing', { headers: basic })).status).toBe(404)
  const machine = await ask('POST', '/v1/apps/acme-docs/machines', {
    body: { config: { image: 'registry.fly.io/acme-docs:nothing' } },
  })
  expect(machine.status).toBe(400)
})

test('builds and releases have the shapes that flyctl decodes', async () => {
  const { ask } = await simulator()
  const build = await ask('POST', '/api/v1/builds', { body: { app_name: 'acme-docs', builder_type: 'remote' } })
  expect(build).toMatchObject({ status: 200, body: { id: expect.any(Number), status: 'started' } })
  const image = 'registry.fly.io/acme-docs:latest'
  const body = { app_name: 'acme-docs', build_id: 0, image, strategy: 'ROLLING_ONE', definition: { app: 'acme-docs' } }
  expect(await ask('POST', '/api/v1/releases', { body })).toMatchObject({
    status: 201,
    body: { release: { strategy: 'ROLLING_ONE', user: 'usr_1001@hangar.example' } },
  })
})
