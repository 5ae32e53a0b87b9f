import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, findMachine, simulator } from '../test/client.ts'
import { launch, MACHINES, SMALL, standingStill } from '../test/machine.ts'

const Lease = z.looseObject({
  nonce: z.string(),
  expires_at: z.int(),
  owner: z.string(),
  version: z.string(),
  data: z.looseObject({ nonce: z.string(), expires_at: z.int() }),
})
const withNonce = (nonce: string) => ({ headers: { 'fly-machine-lease-nonce': nonce } })

async function take(client: Client, path: string, ttl: number) {
  const reply = await client.ask('POST', `${path}/lease`, { body: { ttl, description: 'maintenance' } })
  expect(reply.status).toBe(201)
  return Lease.parse(reply.body)
}

test('one caller at a time holds the lease, and only it may write', async () => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => client.ask('POST', `${path}/lease?ttl=30`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  const winner = answers.find(({ status }) => status === 201)
  const { data, nonce } = Lease.parse(winner?.body)
  expect(data.nonce).toBe(nonce)
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(409)
  expect((await client.ask('GET', path)).status).toBe(200)
  expect((await client.ask('POST', `${path}/stop`, withNonce(nonce))).status).toBe(200)
})

test('every write wants the nonce while somebody holds the lease, and the refusal says who', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  await take(client, path, 60)
  const before = client.world.effects.list().length
  const writes: [string, string, unknown?][] = [
    ['POST', '', { config: SMALL }],
    ['DELETE', '?force=true'],
    ['POST', '/start'],
    ['POST', '/stop'],
    ['POST', '/suspend'],
    ['POST', '/restart'],
    ['POST', '/signal', { signal: 9 }],
    ['POST', '/cordon'],
    ['PATCH', '/metadata', { metadata: { a: 'b' } }],
    ['PUT', '/memory', { limit_mb: 128 }],
    ['POST', '/lease', { ttl: 5 }],
  ]
  for (const [method, suffix, body] of writes)
    for (const asked of [{}, withNonce('wrong')]) {
      const reply = await client.ask(method, path + suffix, { body, ...asked })
      expect(reply.status, `${method} ${suffix}`).toBe(409)
      expect(JSON.stringify(reply.body)).toContain(client.world.machines.get(machine.id)?.lease?.owner)
    }
  expect(client.world.effects.list()).toHaveLength(before)
  expect((await client.ask('GET', `${path}/lease`)).body).toMatchObject({ description: 'maintenance' })
})

test('a single key of metadata is written past a lease, as flyctl does in a blue-green deploy', async () => {
  const client = standingStill()
  const { machine, path } = await launch(client)
  await take(client, path, 60)
  expect((await client.ask('POST', `${path}/metadata/mark`, { body: { value: 'safe' } })).status).toBe(204)
  expect(machine.config.metadata).toMatchObject({ mark: 'safe' })
  expect((await client.ask('DELETE', `${path}/metadata/mark`)).status).toBe(204)
  expect(machine.config.metadata).not.toHaveProperty('mark')
})

test('a lease ends when its time is over on the clock of the platform, to the second', async () => {
  const client = standingStill()
  const { path } = await launch(client)
  const { nonce, expires_at: at } = await take(client, path, 30)
  expect(at).toBe(Math.floor(client.world.clock.now() / 1000) + 30)
  await client.advance(29_999)
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(409)
  await client.advance(1)
  expect((await client.ask('GET', `${path}/lease`)).status).toBe(404)
  expect((await client.ask('DELETE', `${path}/lease`, withNonce(nonce))).status).toBe(404)
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(200)
})

test('whoever has the nonce keeps the lease for longer, and keeps the nonce', async () => {
  const client = standingStill()
  const { path } = await launch(client)
  const { nonce } = await take(client, path, 10)
  await client.advance(9_000)
  const again = await client.ask('POST', `${path}/lease?ttl=10`, withNonce(nonce))
  expect(Lease.parse(again.body).nonce).toBe(nonce)
  await client.advance(9_000)
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(409)
})

test('a release wants the right nonce, then anybody may write', async () => {
  const client = standingStill()
  const { path } = await launch(client)
  const { nonce } = await take(client, path, 60)
  expect((await client.ask('DELETE', `${path}/lease`)).status).toBe(400)
  expect((await client.ask('DELETE', `${path}/lease`, withNonce('wrong'))).status).toBe(409)
  expect((await client.ask('DELETE', `${path}/lease`, withNonce(nonce))).body).toMatchObject({ status: 'success' })
  expect((await client.ask('POST', `${path}/stop`)).status).toBe(200)
})

test('a create and an update can take the lease along; an update of the holder keeps its nonce', async () => {
  const client = standingStill()
  const { path, machine } = await launch(client, {}, { lease_ttl: 60 })
  const { lease } = machine
  expect((await client.ask('POST', path, { body: { config: SMALL } })).status).toBe(409)
  const body = { config: SMALL, lease_ttl: 120 }
  const updated = await client.ask('POST', path, { body, ...withNonce(lease?.nonce ?? '') })
  expect(updated.body).toMatchObject({ nonce: lease?.nonce })
  expect((await client.ask('GET', path)).body).not.toHaveProperty('nonce')
  await client.advance(100_000)
  const shown = (await client.ask('GET', `${path}?include_leases=true`)).body
  expect(shown).toMatchObject({ lease: { owner: lease?.owner } })
  expect(JSON.stringify(shown)).not.toContain(lease?.nonce)
})

test('a lease tells the version it found, so that its holder knows when to read again', async () => {
  const client = standingStill()
  const { path, machine } = await launch(client)
  const { nonce, version } = await take(client, path, 60)
  expect(version).toBe(machine.instanceId)
  await client.ask('POST', path, { body: { config: SMALL }, ...withNonce(nonce) })
  expect(Lease.parse((await client.ask('GET', `${path}/lease`)).body).version).toBe(machine.instanceId)
})

test('a destroyed machine gives no lease; one that was held can still be released', async () => {
  const client = standingStill()
  const { path } = await launch(client)
  const { nonce } = await take(client, path, 60)
  await client.ask('DELETE', `${path}?force=true`, withNonce(nonce))
  await client.advance(2_000)
  expect((await client.ask('DELETE', `${path}/lease`, withNonce(nonce))).status).toBe(200)
  expect((await client.ask('POST', `${path}/lease`)).status).toBe(404)
  expect((await client.ask('POST', `${MACHINES}/nobody/lease`)).status).toBe(404)
})
