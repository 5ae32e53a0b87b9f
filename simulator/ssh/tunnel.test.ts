import { once } from 'node:events'
import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { type Client, findMachine, simulator } from '../test/client.ts'

interface Asked {
  address: string
  token?: string
  org?: string
  network?: string
}

/** What a CONNECT is answered, and what the program behind it says; `undefined` when the connection breaks. */
async function connect(
  { addresses }: Client,
  { address, token = addresses.token, org = 'acme-workspaces', network = '' }: Asked,
) {
  const { hostname, port } = new URL(addresses.machines)
  const headers = { 'proxy-authorization': `Bearer ${token}`, 'fly-org': org, 'fly-network': network }
  const asked = request({ method: 'CONNECT', host: hostname, port, path: address, headers })
  asked.end()
  const answer = await once(asked, 'connect').catch(() => undefined)
  if (!answer) return undefined
  const [{ statusCode }, socket] = answer
  onTestFinished(() => socket.destroy())
  if (statusCode !== 200) return statusCode
  socket.end('GET / HTTP/1.1\r\nHost: acme\r\nConnection: close\r\n\r\n')
  const chunks: unknown[] = await socket.toArray()
  return chunks.map(String).join('')
}

async function world() {
  const client = await simulator()
  const { machine } = await findMachine(client, { app: 'acme-web', state: 'started' })
  return { client, ip: z.object({ private_ip: z.string() }).parse(machine).private_ip }
}

test('with a token, CONNECT leads to the program of a machine', async () => {
  const { client, ip } = await world()
  expect(await connect(client, { address: `[${ip}]:8080` })).toContain('acme-web is running')
  expect(await connect(client, { address: 'acme-web.internal:8080' })).toContain('acme-web is running')
})

test('without one, to another network or to a closed port it leads nowhere', async () => {
  const { client, ip } = await world()
  const address = `[${ip}]:8080`
  expect(await connect(client, { address, token: 'fo1_unknown' })).toBe(401)
  expect(await connect(client, { address, network: 'another' })).toBe(502)
  expect(await connect(client, { address, org: 'personal' })).toBe(502)
  expect(await connect(client, { address, org: 'nobody' })).toBe(404)
  expect(await connect(client, { address: `[${ip}]:9999` })).toBe(502)
})

test('offline there is no tunnel, and those that were are cut', async () => {
  const { client, ip } = await world()
  let cut = false
  const note = () => {
    cut = true
  }
  client.world.guests.add({ machine: 'any', way: 'port', cut: note })
  await client.control('offline')
  expect(cut).toBe(true)
  expect(await connect(client, { address: `[${ip}]:8080` })).toBeUndefined()
})
