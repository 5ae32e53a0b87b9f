import { expect, test } from 'vitest'
import { z } from 'zod'
import { findMachine, simulator } from '../test/client.ts'

const Lease = z.looseObject({ data: z.looseObject({ nonce: z.string(), expires_at: z.int() }), nonce: z.string() })

test('one caller at a time holds the lease, and only it may write', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => client.ask('POST', `${path}/lease?ttl=30`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  const winner = answers.find(({ status }) => status === 201)
  const { data, nonce } = Lease.parse(winner?.body)
  expect(data.nonce).toBe(nonce)
  const headers = { 'fly-machine-lease-nonce': nonce }
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(409)
  expect((await client.ask('GET', path)).status).toBe(200)
  expect((await client.ask('POST', `${path}/lease?ttl=40`, { headers })).status).toBe(201)
  expect(Lease.parse((await client.ask('GET', `${path}/lease`)).body).nonce).toBe(nonce)
  expect((await client.ask('POST', `${path}/stop`, { headers })).status).toBe(200)
  expect((await client.ask('DELETE', `${path}/lease`, { headers })).status).toBe(200)
  expect((await client.ask('GET', `${path}/lease`)).status).toBe(404)
})
