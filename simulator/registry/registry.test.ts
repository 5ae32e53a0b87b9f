import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MachineSeen, simulator } from '../test/client.ts'
import { Pulled, PulledImage, registryClient, sha256 } from './registry.test-client.ts'

const OCI = 'application/vnd.oci.image.manifest.v1+json'
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const error = (bytes: Buffer) => JSON.parse(bytes.toString()).errors[0]

async function registry() {
  const client = await simulator()
  return { ...client, ...registryClient(client.addresses) }
}

function imageOf(config: Buffer, layer: Buffer) {
  const part = (bytes: Buffer, mediaType: string) => ({ mediaType, digest: sha256(bytes), size: bytes.length })
  return json({
    schemaVersion: 2,
    mediaType: OCI,
    config: part(config, 'application/vnd.oci.image.config.v1+json'),
    layers: [part(layer, 'application/vnd.oci.image.layer.v1.tar')],
  })
}

test('whoever has no good token is asked for one, and a good one is welcome', async () => {
  const { send, addresses } = await registry()
  expect((await send('GET', '/v2/')).headers.get('docker-distribution-api-version')).toBe('registry/2.0')
  const refused = await send('GET', '/v2/', { as: 'nothing' })
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringMatching(/^Basic realm=/),
  ])
  expect(error(refused.bytes).code).toBe('UNAUTHORIZED')
  expect((await send('GET', '/v2/', { as: addresses.tokens.readonly })).status).toBe(200)
})

test('an image of the demo can be pulled to its last byte, and every digest is true', async () => {
  const { send } = await registry()
  const head = await send('HEAD', '/v2/acme-docs/manifests/latest')
  const index = await send('GET', '/v2/acme-docs/manifests/latest')
  expect(head.headers.get('docker-content-digest')).toBe(sha256(index.bytes))
  expect(head.headers.get('content-length')).toBe(String(index.bytes.length))
  expect(head.headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json')
  const { manifests } = Pulled.parse(JSON.parse(index.bytes.toString()))
  expect(manifests.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64', 'unknown'])
  for (const child of manifests) {
    const { bytes } = await send('GET', `/v2/acme-docs/manifests/${child.digest}`)
    expect([sha256(bytes), bytes.length]).toEqual([child.digest, child.size])
    const { config, layers } = PulledImage.parse(JSON.parse(bytes.toString()))
    for (const { digest, size } of [config, ...layers]) {
      const blob = await send('GET', `/v2/acme-docs/blobs/${digest}`)
      expect([sha256(blob.bytes), blob.bytes.length]).toEqual([digest, size])
      expect((await send('HEAD', `/v2/acme-docs/blobs/${digest}`)).headers.get('content-length')).toBe(String(size))
    }
  }
  const [{ digest = '' } = {}] = manifests
  const image = PulledImage.parse(JSON.parse((await send('GET', `/v2/acme-docs/manifests/${digest}`)).bytes.toString()))
  const config = await send('GET', `/v2/acme-docs/blobs/${image.config.digest}`)
  expect(JSON.parse(config.bytes.toString())).toMatchObject({
    architecture: 'amd64',
    config: { User: 'node', ExposedPorts: { '8080/tcp': {} } },
  })
})

test('what is pushed in pieces of any size is pulled byte for byte', async () => {
  const { send, pushBlob } = await registry()
  const property = fc.asyncProperty(
    fc.uint8Array({ minLength: 1, maxLength: 4_000 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
    async (content, places) => {
      const blob = Buffer.from(content)
      const cuts = [...new Set(places.map((place) => Math.floor(place * blob.length)))].sort((a, b) => a - b)
      expect((await pushBlob('acme-web', blob, cuts)).status).toBe(201)
      expect((await send('GET', `/v2/acme-web/blobs/${sha256(blob)}`)).bytes.equals(blob)).toBe(true)
    },
  )
  await fc.assert(property, { numRuns: 25 })
})

test('a pushed image runs on a machine, and its tag moves with the next push', async () => {
  const { ask, send, pushBlob, pushManifest } = await registry()
  const layer = Buffer.from('layer')
  await pushBlob('acme-web', layer)
  const push = async (text: string) => {
    const config = json({ architecture: 'amd64', os: 'linux', config: { Labels: { built: text } } })
    await pushBlob('acme-web', config)
    const manifest = imageOf(config, layer)
    const { status, headers } = await pushManifest('acme-web', 'moving', OCI, manifest)
    expect([status, headers.get('docker-content-digest')]).toEqual([201, sha256(manifest)])
    return sha256(manifest)
  }
  const first = await push('first')
  const body = { config: { image: 'registry.fly.io/acme-web:moving' } }
  const machine = (await ask('POST', '/v1/apps/acme-web/machines', { body })).body
  expect(machine).toMatchObject({ image_ref: { tag: 'moving', digest: first, labels: { built: 'first' } } })
  const second = await push('second')
  expect((await send('HEAD', '/v2/acme-web/manifests/moving')).headers.get('docker-content-digest')).toBe(second)
  expect((await send('HEAD', `/v2/acme-web/manifests/${first}`)).status).toBe(200)
})

test('an image for other computers is no image for a machine', async () => {
  const { ask, pushBlob, pushManifest } = await registry()
  const config = json({ architecture: 'arm64', os: 'linux', config: {} })
  await pushBlob('acme-web', config)
  await pushManifest('acme-web', 'arm', OCI, imageOf(config, config))
  const body = { config: { image: 'registry.fly.io/acme-web:arm' } }
  expect(await ask('POST', '/v1/apps/acme-web/machines', { body })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('linux/amd64') },
  })
})

test('a whole blob goes in with one request, and one of another app is taken over', async () => {
  const { send } = await registry()
  const blob = Buffer.from('all at once')
  const digest = sha256(blob)
  expect((await send('POST', `/v2/acme-web/blobs/uploads/?digest=${digest}`, { body: blob })).status).toBe(201)
  expect((await send('HEAD', `/v2/acme-api/blobs/${digest}`)).status).toBe(404)
  const mount = `/v2/acme-api/blobs/uploads/?mount=${digest}&from=acme-web`
  expect((await send('POST', mount)).status).toBe(201)
  expect((await send('GET', `/v2/acme-api/blobs/${digest}`)).bytes).toEqual(blob)
  expect((await send('POST', `/v2/acme-api/blobs/uploads/?mount=${sha256(digest2)}&from=acme-web`)).status).toBe(202)
  const part = await send('GET', `/v2/acme-web/blobs/${digest}`, { headers: { range: 'bytes=4-' } })
  expect([part.status, part.bytes.toString()]).toEqual([206, 'at once'])
})
const digest2 = Buffer.from('nowhere')

test('what is not whole or not true is refused with the code of the protocol', async () => {
  const { send, pushBlob, pushManifest } = await registry()
  const opened = await send('POST', '/v2/acme-web/blobs/uploads/')
  const location = opened.headers.get('location') ?? ''
  const gap = await send('PATCH', location, { body: Buffer.from('abc'), headers: { 'content-range': '5-7' } })
  expect([gap.status, error(gap.bytes).code]).toEqual([416, 'BLOB_UPLOAD_INVALID'])
  const wrong = await send('PUT', `${location}?digest=${sha256(digest2)}`, { body: Buffer.from('abc') })
  expect([wrong.status, error(wrong.bytes).code]).toEqual([400, 'DIGEST_INVALID'])
  const gone = await send('GET', location)
  expect([gone.status, error(gone.bytes).code]).toEqual([404, 'BLOB_UPLOAD_UNKNOWN'])
  const config = json({ architecture: 'amd64', os: 'linux' })
  await pushBlob('acme-web', config)
  const unknown = await pushManifest('acme-web', 'v1', OCI, imageOf(config, digest2))
  expect([unknown.status, error(unknown.bytes).code]).toEqual([400, 'MANIFEST_BLOB_UNKNOWN'])
  const other = await pushManifest('acme-web', sha256(digest2), OCI, imageOf(config, config))
  expect([other.status, error(other.bytes).code]).toEqual([400, 'DIGEST_INVALID'])
  const nonsense = await pushManifest('acme-web', 'v1', OCI, Buffer.from('{"schemaVersion":1}'))
  expect([nonsense.status, error(nonsense.bytes).code]).toEqual([400, 'MANIFEST_INVALID'])
  expect(error((await send('GET', '/v2/acme-web/manifests/v1')).bytes).code).toBe('MANIFEST_UNKNOWN')
})

test('apps that are not there have no repository, and tokens keep to their organization and app', async () => {
  const { ask, send, addresses } = await registry()
  const unknown = await send('POST', '/v2/no-such-app/blobs/uploads/')
  expect([unknown.status, error(unknown.bytes)]).toEqual([
    404,
    { code: 'NAME_UNKNOWN', message: 'app repository not found' },
  ])
  const { org, deploy, readonly } = addresses.tokens
  const foreign = await send('HEAD', '/v2/acme-staging/manifests/latest', { as: org })
  expect(foreign.status).toBe(403)
  expect((await send('HEAD', '/v2/acme-docs/manifests/latest', { as: deploy })).status).toBe(200)
  const push = (app: string, as: string) => send('POST', `/v2/${app}/blobs/uploads/`, { as })
  expect((await push('acme-api', deploy)).status).toBe(202)
  expect(error((await push('acme-docs', deploy)).bytes).code).toBe('DENIED')
  expect(error((await push('acme-docs', readonly)).bytes).code).toBe('DENIED')
  const image = 'registry.fly.io/acme-docs:latest'
  expect((await ask('POST', '/v1/apps/acme-staging/machines', { body: { config: { image } } })).status).toBe(403)
})

test('guessed: who names types that an image has not is told that it is not there', async () => {
  const { send } = await registry()
  const path = '/v2/acme-docs/manifests/latest'
  const old = { accept: 'application/vnd.docker.distribution.manifest.v2+json' }
  expect((await send('GET', path, { headers: old })).status).toBe(404)
  expect((await send('GET', path, { headers: { accept: '*/*' } })).status).toBe(200)
})

test('a public image of another registry is there under the name that machines give it, always the same', async () => {
  const { ask } = await registry()
  const query = '{ app(name: "acme-web") { image(ref: "nginx") { ref digest compressedSizeFull } } }'
  const found = (await ask('POST', '/graphql', { body: { query } })).body
  const hub = { registry: 'registry-1.docker.io', repository: 'library/nginx', tag: 'latest' }
  const { body } = await ask('POST', '/v1/apps/acme-web/machines', { body: { config: { image: 'nginx' } } })
  expect(body).toMatchObject({ image_ref: hub })
  const { image_ref: made } = MachineSeen.parse(body)
  expect(found).toMatchObject({
    data: { app: { image: { ref: 'registry-1.docker.io/library/nginx:latest', digest: made.digest } } },
  })
})
