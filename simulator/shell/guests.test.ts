import { once } from 'node:events'
import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { exec, heard, loggedIn, openNetwork } from '../ssh/ssh.test-client.ts'
import { type Client, findMachine, simulator } from '../test/client.ts'

const APP = 'acme-web'

/** What was opened into machines and how it ended, oldest first. */
const told = ({ world }: Client) =>
  world.effects
    .list()
    .filter(({ kind }) => kind === 'session' || kind === 'exec')
    .map(({ kind, change, from, to }) => [
      kind,
      change,
      (from ?? to ?? '').split(' ')[0],
      change === 'closed' ? to : undefined,
    ])

async function started() {
  const client = await simulator()
  return { client, ...(await findMachine(client, { app: APP, state: 'started' })) }
}

test('exec is in the ledger with its request and its exit code, never with its text', async () => {
  const { client, path } = await started()
  const run = (body: unknown) => client.ask('POST', `${path}/exec`, { body })
  const { headers } = await run({ cmd: 'sh -c "echo tell-nobody; exit 7"' })
  await run({ cmd: 'sleep 60', timeout: 1 })
  expect(told(client)).toEqual([
    ['exec', 'opened', 'exec', undefined],
    ['exec', 'closed', 'exec', '7'],
    ['exec', 'opened', 'exec', undefined],
    ['exec', 'closed', 'exec', 'killed'],
  ])
  const [opened] = client.world.effects.list().filter(({ kind }) => kind === 'exec')
  expect(opened?.request).toBe(headers.get('fly-request-id'))
  expect(JSON.stringify(client.world.effects.list())).not.toContain('tell-nobody')
})

test('SSH is in the ledger: the connection, each command with its exit code or signal, and the end', async () => {
  const client = await simulator()
  const path = await openNetwork(client)
  const { connection } = await loggedIn(client, path)
  await heard(await exec(connection, 'exit 7'))
  await heard(await exec(connection, 'kill -TERM $$'))
  connection.end()
  await expect
    .poll(() => told(client))
    .toEqual([
      ['session', 'opened', 'ssh', undefined],
      ['exec', 'opened', 'shell', undefined],
      ['exec', 'closed', 'shell', '7'],
      ['exec', 'opened', 'shell', undefined],
      ['exec', 'closed', 'shell', 'SIGTERM'],
      ['session', 'closed', 'ssh', undefined],
    ])
})

test('a terminal is a request and a session; cut from outside, it says so', async () => {
  const { client } = await started()
  const open = () => {
    const socket = new WebSocket(`${client.addresses.machines.replace('http', 'ws')}/_apps/${APP}/terminal`)
    socket.on('error', () => {})
    onTestFinished(() => socket.terminate())
    return socket
  }
  const one = open()
  await once(one, 'message')
  one.send(Buffer.from('exit 3\r'))
  await once(one, 'close')
  const other = open()
  await once(other, 'message')
  await client.control('cut-sessions')
  await once(other, 'close')
  await client.control('fail', { path: '/_apps/*/terminal', reset: true })
  await new Promise((resolve) => open().once('close', resolve))
  expect(told(client)).toEqual([
    ['session', 'opened', 'terminal', undefined],
    ['session', 'closed', 'terminal', '3'],
    ['session', 'opened', 'terminal', undefined],
    ['session', 'closed', 'terminal', 'cut'],
  ])
  const asked = client.world.ledger.entries().filter(({ path }) => path.endsWith('/terminal'))
  expect(asked.map(({ status, fault }) => [status, fault])).toEqual([
    [101, undefined],
    [101, undefined],
    [0, 'reset'],
  ])
  expect(client.world.effects.list().find(({ kind }) => kind === 'session')?.request).toBe(asked[0]?.requestId)
})

test('a tunnel is a request and a session, and one that leads nowhere is a request alone', async () => {
  const { client } = await started()
  const { hostname, port } = new URL(client.addresses.machines)
  const connect = async (path: string) => {
    const headers = { 'proxy-authorization': `Bearer ${client.addresses.token}`, 'fly-org': 'acme-workspaces' }
    const asked = request({ method: 'CONNECT', host: hostname, port, path, headers }).end()
    const [, socket] = await once(asked, 'connect')
    socket.end()
    socket.resume()
    await once(socket, 'close')
  }
  await connect(`${APP}.internal:8080`)
  await connect(`${APP}.internal:9999`)
  await expect
    .poll(() => told(client))
    .toEqual([
      ['session', 'opened', 'port', undefined],
      ['session', 'closed', 'port', undefined],
    ])
  const asked = client.world.ledger.entries().filter(({ method }) => method === 'CONNECT')
  expect(asked.map(({ status }) => status)).toEqual([200, 502])
})

test('what nobody knows is a request, too', async () => {
  const client = await simulator({ machines: 1 })
  await client.ask('GET', '/v1/nothing?secret=1')
  expect(client.world.ledger.entries()).toMatchObject([{ method: 'GET', path: '/v1/nothing', status: 404 }])
})
