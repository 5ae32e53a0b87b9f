import { expect, test } from 'vitest'
import { z } from 'zod'
import { simulator } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'
import { registryClient, sha256 } from './registry.test-client.ts'
import { KEPT } from './retention.ts'

test('guessed: an image that nothing uses goes after a month; one that a machine runs stays', async () => {
  const client = await simulator({ clock: createVirtualClock(VIRTUAL_START), machines: 22 })
  const { send } = registryClient(client.addresses)
  const push = async (tag: string) => {
    const { body } = await client.ask('POST', '/_sim/images', { body: { app: 'acme-web', tag } })
    return z.looseObject({ digest: z.string() }).parse(body).digest
  }
  const [used, unused] = [await push('used'), await push('unused')]
  const body = { config: { image: 'registry.fly.io/acme-web:used' }, skip_launch: true }
  await client.ask('POST', '/v1/apps/acme-web/machines', { body })
  await client.advance(KEPT - 1)
  expect((await send('HEAD', `/v2/acme-web/manifests/${unused}`)).status).toBe(200)
  await client.advance(2 * 24 * 3_600_000)
  expect((await send('HEAD', `/v2/acme-web/manifests/${unused}`)).status).toBe(404)
  expect((await send('HEAD', '/v2/acme-web/manifests/unused')).status).toBe(404)
  const whole = await send('GET', `/v2/acme-web/manifests/${used}`)
  expect(sha256(whole.bytes)).toBe(used)
  const { manifests } = z
    .looseObject({ manifests: z.array(z.looseObject({ digest: z.string() })) })
    .parse(JSON.parse(whole.bytes.toString()))
  for (const { digest } of manifests) expect((await send('HEAD', `/v2/acme-web/manifests/${digest}`)).status).toBe(200)
  // What the newest release names stays too, however old.
  expect((await send('HEAD', '/v2/acme-docs/manifests/latest')).status).toBe(200)
})
