import { Agent, request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { daemon } from '../docker/docker.test-daemon.ts'
import { findMachine, simulator } from '../test/client.ts'

const openSockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocket')).length

interface Asked {
  method: string
  url: string
  token: string
  agent: Agent
}

/** The status when all of an answer came, 0 when it broke off or never came. */
const ask = ({ method, url, token, agent }: Asked): Promise<number> =>
  new Promise((resolve) => {
    const basic = url.includes('/v2/') ? `Basic ${btoa(`x:${token}`)}` : `Bearer ${token}`
    const asked = request(url, { method, agent, headers: { authorization: basic } }, (reply) => {
      reply.resume()
      reply.once('end', () => resolve(reply.complete ? (reply.statusCode ?? 0) : 0))
      reply.once('error', () => resolve(0))
    })
    asked.once('error', () => resolve(0))
    // Whoever gets no answer hangs up.
    asked.setTimeout(60, () => asked.destroy())
    asked.end()
  })

const DEEDS = [
  { reset: true },
  { reset: true, committed: true },
  { drop: true },
  { drop: true, committed: true },
  { truncate: true },
  { garbage: true },
  { status: 204 },
  { status: 304, body: { a: 1 } },
  { status: 503, body: null },
  { status: 429, body: 'no', headers: { 'content-type': 'text/plain' } },
  { delayMs: 10_000, reset: true },
]

test('five hundred faults over kept connections, with and without a body, leave no socket open', async () => {
  const client = await simulator()
  const { world, addresses } = client
  const { path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  onTestFinished(() => agent.destroy())
  const before = openSockets()
  const asked = [
    ['GET', '/v1/apps?org_slug=acme-workspaces'],
    ['HEAD', '/v2/acme-web/manifests/latest'],
    ['POST', `${path}/cordon`],
    ['DELETE', `${path}/metadata/none`],
    ['GET', `${path}/wait?state=stopped&timeout=60`],
  ]
  let struck = 0
  for (const deed of DEEDS) {
    await client.control('fail', { ...deed, times: 50 })
    for (let round = 0; round < 10; round += 1) {
      const answers = asked.map(([method = '', rest = '']) =>
        ask({ method, url: addresses.machines + rest, token: addresses.token, agent }),
      )
      for (const status of await Promise.all(answers)) expect([0, 200, 204, 304, 429, 503]).toContain(status)
      struck += asked.length
    }
    await client.control('clear-faults')
  }
  expect(struck).toBeGreaterThanOrEqual(500)
  expect((await client.ask('GET', '/v1/apps?org_slug=acme-workspaces')).status).toBe(200)
  agent.destroy()
  // A wait whose caller has gone is over as well: nothing holds its request.
  await expect.poll(() => world.ledger.entries().filter(({ fault }) => fault !== undefined).length).toBe(struck)
  await expect.poll(openSockets).toBeLessThanOrEqual(before)
}, 30_000)

test('clients that leave in the midst of builds leave no socket open', async () => {
  const { client, origin, build } = await daemon()
  await build()
  const before = openSockets()
  const agent = new Agent({ keepAlive: true })
  for (let round = 0; round < 30; round += 1) {
    await client.control('build-fault', { step: 'context', how: round % 2 ? 'cut' : 'slow' })
    const url = `${origin}/v1.41/build?t=registry.fly.io/acme-docs:x`
    expect(await ask({ method: 'POST', url, token: '', agent })).toBeTypeOf('number')
  }
  agent.destroy()
  await expect.poll(openSockets).toBeLessThanOrEqual(before)
  await expect.poll(() => client.world.ledger.entries()).toHaveLength(31)
})
