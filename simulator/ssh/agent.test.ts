import { once } from 'node:events'
import { createConnection } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { BUILDER } from '../fleet/specs.ts'
import { findMachine, simulator } from '../test/client.ts'
import { frame } from './agent-frames.ts'
import { openAgent, pipeTo, talk } from './ssh.test-client.ts'

const ORG = 'acme-workspaces'

async function world() {
  const client = await simulator()
  const path = await openAgent(client)
  const establish = async (network = '', token = client.addresses.token) => {
    const { say } = await talk(path)
    await say('set-token', 'str', token)
    return say('establish', ORG, network)
  }
  const ask = async (...words: string[]) => (await talk(path)).say(...words)
  const { machine } = await findMachine(client, { app: 'acme-web', state: 'started' })
  const { private_ip: ip } = z.object({ private_ip: z.string() }).parse(machine)
  return { client, path, establish, ask, machine, ip }
}

test('the bytes are those of flyctl: a length in two bytes, then the words', async () => {
  const { path } = await world()
  const socket = createConnection(path)
  await once(socket, 'connect')
  socket.write(Buffer.from('04', 'hex'))
  socket.write(Buffer.from('0070696e67', 'hex'))
  const [bytes] = z.tuple([z.instanceof(Buffer)]).parse(await once(socket, 'data'))
  expect(bytes.readUInt16LE()).toBe(bytes.length - 2)
  expect(bytes.subarray(2).toString()).toMatch(/^ok \{"PID":\d+,"Version":"[\d.]+","Background":false\}$/)
})

test('a token, then a tunnel; without a token nobody gets one', async () => {
  const { path, establish, ask } = await world()
  expect(await ask('establish', ORG, '')).toBe('err no such organization')
  expect(await ask('probe', ORG, '')).toBe('err tunnel unavailable')
  expect(await establish()).toMatch(/^ok \{"WireGuardState":\{.*"peer":\{"peerip":"fdaa:/)
  expect(await ask('probe', ORG, '')).toBe('ok')
  expect(await ask('probe', ORG, 'another')).toBe('err tunnel unavailable')
  const { say } = await talk(path)
  expect(await say('set-token', 'str', 'fo1_unknown')).toBe('ok')
  expect(await say('establish', ORG, '')).toBe('err no such organization')
})

test('names under .internal lead to machines that run, an address to itself', async () => {
  const { establish, ask, machine, ip, client } = await world()
  await establish()
  const resolve = (host: string) => ask('resolve', ORG, host, '')
  const own = new URL(`http://[${ip}]`).hostname.slice(1, -1)
  expect(await resolve(ip)).toBe(`ok ${own}`)
  expect(await resolve(`${machine.id}.vm.acme-web.internal`)).toBe(`ok ${own}`)
  for (const host of ['acme-web', 'top1.nearest.of.acme-web', 'global.acme-web', `${machine.region}.acme-web`])
    expect(await resolve(`${host}.internal`), host).toMatch(/^ok fdaa:/)
  expect(await resolve('_api.internal')).toMatch(/^ok fdaa:/)
  expect(await resolve('no-such-app.internal')).toBe('err host was not found in DNS')
  await client.control('host', { machine: machine.id, status: 'unreachable' })
  expect(await resolve(`${machine.id}.vm.acme-web.internal`)).toBe('err host was not found in DNS')
  expect(await ask('instances', ORG, 'acme-web')).toMatch(/^ok \{"Labels":\[".+"\],"Addresses":\["fdaa:.+"\]\}$/)
})

test('a connection is a pipe to the program of the machine', async () => {
  const { path, establish, ip } = await world()
  await establish()
  const { socket, verdict } = await pipeTo({ path, org: ORG, address: `[${ip}]:8080` })
  expect(verdict).toBe('ok')
  socket.end('GET /api/health HTTP/1.1\r\nHost: acme\r\nConnection: close\r\n\r\n')
  const chunks: unknown[] = await socket.toArray()
  expect(Buffer.concat(chunks.map((chunk) => Buffer.from(String(chunk)))).toString()).toMatch(
    /^HTTP\/1.1 200 OK[\s\S]+"status":"ok"/,
  )
})

test('a builder answers as a Docker daemon', async () => {
  const { path, establish, client } = await world()
  await establish()
  const { machine } = await findMachine(client, { app: BUILDER, state: 'started' })
  const address = `[${z.object({ private_ip: z.string() }).parse(machine).private_ip}]:2375`
  const { socket } = await pipeTo({ path, org: ORG, address })
  socket.end('GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n')
  const chunks: unknown[] = await socket.toArray()
  expect(chunks.map(String).join('')).toMatch(/^HTTP\/1.1 200 OK[\s\S]+OK$/)
})

test('what cannot be reached is refused: a closed port, a machine that does not run, another network', async () => {
  const { path, establish, ip, client, machine } = await world()
  await establish()
  await establish('another')
  const verdict = async (address: string, network = '') => (await pipeTo({ path, org: ORG, address, network })).verdict
  expect(await verdict(`[${ip}]:9999`)).toBe(`err connect tcp [${ip}]:9999: connection was refused`)
  expect(await verdict(`[${ip}]:22`, 'another')).toContain('timed out')
  await client.control('host', { machine: machine.id, status: 'unreachable' })
  expect(await verdict(`[${ip}]:22`)).toContain('timed out')
})

test('whatever else is said is refused, and the agent goes on', async () => {
  const { path, ask } = await world()
  const anything = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(anything, async (words) => {
      const { socket } = await talk(path)
      socket.end(frame(['x', ...words]))
      const chunks: unknown[] = await socket.toArray()
      expect(chunks.map(String).join('')).toContain('err unsupported command')
    }),
    { numRuns: 20 },
  )
  expect(await ask('connect', ORG)).toBe('err malformed connect command')
  expect(await ask('ping')).toMatch(/^ok /)
})
