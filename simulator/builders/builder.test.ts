import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulatorInProcess } from '../test/client.ts'
import { createBuilderApi } from './builder-api.ts'

const MINUTE = 60_000
const Builders = z.array(z.looseObject({ id: z.string(), state: z.string() }))

const basic = (app: string, token: string) => ({ authorization: `Basic ${btoa(`${app}:${token}`)}` })

async function stateOf({ ask }: Client): Promise<string | undefined> {
  const { body } = await ask('GET', '/v1/apps/fly-builder-quiet-dawn-4821/machines')
  return Builders.parse(body)[0]?.state
}

function builder() {
  const client = simulatorInProcess({ delayScale: 1 })
  const api = createBuilderApi(client.world)
  const beat = (app = 'acme-web', token = client.addresses.token) =>
    api.inject({ url: '/flyio/v1/extendDeadline', headers: basic(app, token) })
  return { client, beat }
}

test('a builder ends ten minutes after its last heartbeat, and then answers nobody', async () => {
  const { client, beat } = builder()
  expect((await beat()).statusCode).toBe(200)
  await client.advance(9 * MINUTE)
  expect((await beat()).statusCode).toBe(200)
  await client.advance(9 * MINUTE)
  expect(await stateOf(client)).toBe('started')
  await client.advance(2 * MINUTE)
  expect(await stateOf(client)).toBe('stopped')
})

test('a heartbeat wants a token that may change the app', async () => {
  const { client, beat } = builder()
  const { readonly, revoked, deploy } = client.addresses.tokens
  expect((await beat('acme-web', readonly)).statusCode).toBe(401)
  expect((await beat('acme-web', revoked)).statusCode).toBe(401)
  expect((await beat('no-such-app')).statusCode).toBe(401)
  expect((await beat('acme-web', deploy)).statusCode).toBe(401)
  expect((await beat('acme-api', deploy)).statusCode).toBe(200)
})
