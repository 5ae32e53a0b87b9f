import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Client, findMachine, readMachine, simulator, waitFor } from '../test/client.ts'

const APP = 'acme-web'

/** What a terminal shows, and how it closes. */
function open({ addresses }: Client, query: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${addresses.machines.replace('http', 'ws')}/_apps/${APP}/terminal${query}`, { headers })
  onTestFinished(() => socket.terminate())
  let screen = ''
  socket.on('message', (bytes) => {
    screen += String(bytes)
  })
  socket.on('error', () => {})
  return {
    socket,
    type: (text: string) => socket.send(Buffer.from(text)),
    say: (message: unknown) => socket.send(JSON.stringify(message)),
    shows: (text: string | RegExp) => expect.poll(() => screen, { timeout: 5000 }).toMatch(text),
    closed: new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
    }),
  }
}

test('a terminal shows a shell of the machine, and says how it ended', async () => {
  const client = await simulator()
  const { machine } = await findMachine(client, { app: APP, state: 'started' })
  const { type, say, shows, closed } = open(client, `?instance=${machine.id}&cols=91&rows=33`)
  await shows(`root@${machine.id}:/workspace# `)
  type('stty size\r')
  await shows('33 91')
  say({ type: 'resize', cols: 120, rows: 40 })
  say({ type: 'input', data: 'stty size\r' })
  await shows('40 120')
  type('exit 7\r')
  expect(await closed).toEqual({ code: 1000, reason: 'exit 7' })
})

test('it wakes the machine it is for, and ends when the machine stops', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: APP, state: 'started' })
  await client.ask('POST', `${path}/stop`)
  await waitFor(client, path, 'stopped')
  const { shows, closed } = open(client, '', { 'fly-force-instance-id': machine.id })
  await shows(`root@${machine.id}`)
  expect((await readMachine(client, path)).state).toBe('started')
  await client.ask('POST', `${path}/stop`)
  expect(await closed).toMatchObject({ code: 1006 })
})

test('closing the socket ends the shell and what it has started', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: APP, state: 'started' })
  const { socket, type, shows } = open(client, `?instance=${machine.id}`)
  await shows('/workspace# ')
  type('sleep 600 & echo $! > pid; echo written\r')
  await shows(/written\r/)
  socket.close()
  const isAlive = async () => {
    const command = ['sh', '-c', 'ps -o stat= -p $(cat pid) | grep -v Z']
    const { body } = await client.ask('POST', `${path}/exec`, { body: { command } })
    return Object(body).exit_code === 0
  }
  await expect.poll(isAlive, { timeout: 5000 }).toBe(false)
})

test('a flood waits for a client that does not read', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: APP, state: 'started' })
  const { socket, type, shows } = open(client, `?instance=${machine.id}`)
  await shows('/workspace# ')
  socket.pause()
  type('i=0; while [ $i -lt 200 ]; do head -c 65536 /dev/zero; i=$((i+1)); echo $i > count; done\r')
  const count = async () => {
    const { body } = await client.ask('POST', `${path}/exec`, { body: { command: ['cat', 'count'] } })
    return Number(Object(body).stdout)
  }
  await expect.poll(count, { timeout: 5000 }).toBeGreaterThan(0)
  const settled = async (): Promise<number> => {
    const before = await count()
    await client.ask('POST', `${path}/exec`, { body: { command: ['sleep', '0.3'] } })
    return (await count()) === before ? before : settled()
  }
  expect(await settled()).toBeLessThan(200)
  socket.resume()
  await expect.poll(count, { timeout: 20_000 }).toBe(200)
}, 30_000)

test('what it does not understand closes it, and an app without a machine answers 503', async () => {
  const client = await simulator()
  const { machine } = await findMachine(client, { app: APP, state: 'started' })
  const { say, shows, closed } = open(client, `?instance=${machine.id}`)
  await shows('/workspace# ')
  say({ type: 'dance' })
  expect(await closed).toMatchObject({ code: 1007 })
  const nowhere = open(client, '?instance=0000000000dead').socket
  const [error] = await once(nowhere, 'error')
  expect(String(error)).toContain('503')
})
