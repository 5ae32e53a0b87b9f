import { expect, test } from 'vitest'
import { daemon } from './docker.test-daemon.ts'

test('a build and its push are requests, and the image that was pushed names its own', async () => {
  const { client, build, push, ask } = await daemon()
  await build()
  await push()
  await ask('GET', '/v1.41/nothing')
  const { world } = client
  await expect
    .poll(() => world.ledger.entries().map(({ method, path, status }) => `${method} ${path} ${status}`))
    .toEqual(['POST /build 200', 'POST /images/registry.fly.io/acme-docs/push 200', 'GET /nothing 404'])
  const pushed = world.effects.list().filter(({ kind, change }) => kind === 'image' && change === 'pushed')
  expect(pushed).toMatchObject([{ to: 'built', request: world.ledger.entries()[1]?.requestId }])
})

test('a push that breaks off is a request without an answer, and pushes nothing', async () => {
  const { client, build, push } = await daemon()
  await build()
  await client.control('build-fault', { step: 'push', how: 'cut' })
  await expect(push()).rejects.toThrow()
  await expect.poll(() => client.world.ledger.entries().at(-1)).toMatchObject({ method: 'POST', status: 0 })
  expect(client.world.effects.list().filter(({ kind }) => kind === 'image')).toEqual([])
})
