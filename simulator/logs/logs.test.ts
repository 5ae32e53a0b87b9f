import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, findMachine, simulator, waitFor } from '../test/client.ts'
import { createVirtualClock } from '../world/clock.ts'

const Page = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      attributes: z.looseObject({
        timestamp: z.string(),
        message: z.string(),
        level: z.string(),
        instance: z.string(),
        region: z.string(),
      }),
    }),
  ),
  meta: z.looseObject({ next_token: z.string() }),
})

const LOGS = '/api/v1/apps/acme-workspaces/logs'
const read = async ({ ask }: Client, query: string) => Page.parse((await ask('GET', `${LOGS}?${query}`)).body)

/** Every line after a cursor, page by page. */
async function follow(client: Client, token: string, query = '') {
  const lines: z.infer<typeof Page>['data'] = []
  let next = token
  for (;;) {
    const page = await read(client, `next_token=${next}&${query}`)
    lines.push(...page.data)
    if (page.data.length === 0) return lines
    next = page.meta.next_token
  }
}

const clockAt = () => createVirtualClock(Date.parse('2026-11-21T12:00:00Z'))

test('without a cursor come the newest hundred, oldest first', async () => {
  const client = await simulator()
  const { data } = await read(client, '')
  const times = data.map(({ attributes }) => attributes.timestamp)
  expect(data).toHaveLength(100)
  expect(times).toEqual(times.toSorted())
})

test('reading in small steps of time gives the same lines as reading all at once', async () => {
  const clock = clockAt()
  const client = await simulator({ clock })
  const start = (await read(client, '')).meta.next_token
  const stepwise: string[] = []
  let token = start
  for (let step = 0; step < 40; step += 1) {
    await client.advance(1_700)
    const page = await read(client, `next_token=${token}`)
    stepwise.push(...page.data.map(({ id }) => id))
    token = page.meta.next_token
  }
  const atOnce = (await follow(client, start)).map(({ id }) => id)
  expect(stepwise).toEqual(atOnce)
  expect(new Set(atOnce).size).toBe(atOnce.length)
  expect(atOnce.length).toBeGreaterThan(50)
})

test('the same moment of the same seed has the same lines', async () => {
  const [one, two] = await Promise.all([simulator({ clock: clockAt() }), simulator({ clock: clockAt() })])
  expect((await read(one, '')).data).toEqual((await read(two, '')).data)
})

test('a machine or a region alone can be asked for', async () => {
  const client = await simulator()
  const { machine } = await findMachine(client, { app: 'acme-workspaces', state: 'started' })
  const ofOne = await read(client, `instance=${machine.id}&region=`)
  expect(ofOne.data.length).toBeGreaterThan(0)
  expect(ofOne.data.every(({ attributes }) => attributes.instance === machine.id)).toBe(true)
  const ofRegion = await read(client, 'region=iad')
  expect(ofRegion.data.every(({ attributes }) => attributes.region === 'iad')).toBe(true)
})

test('starts, crashes and pushed lines appear in order behind the cursor', async () => {
  const client = await simulator()
  const { machine, path } = await findMachine(client, { app: 'acme-workspaces', state: 'stopped' })
  const { meta } = await read(client, `instance=${machine.id}`)
  await client.ask('POST', `${path}/start`)
  await waitFor(client, path, 'started')
  await client.control('push-logs', {
    app: 'acme-workspaces',
    machine: machine.id,
    level: 'warn',
    messages: ['first', 'second'],
  })
  await client.control('crash', { machine: machine.id, exitCode: 1 })
  const wanted = [
    'Starting machine',
    'Machine started',
    'first',
    'second',
    'Node.js v24.11.0',
    'machine exited with exit code 1, not requested',
  ]
  await expect
    .poll(async () => {
      const messages = (await follow(client, meta.next_token, `instance=${machine.id}`)).map(
        ({ attributes }) => attributes.message,
      )
      return messages.filter((message) => wanted.includes(message)).slice(0, wanted.length)
    })
    .toEqual(wanted)
})

test('a stopped machine says nothing more', async () => {
  const clock = clockAt()
  const client = await simulator({ clock })
  const { machine } = await findMachine(client, { app: 'acme-workspaces', state: 'stopped' })
  const { meta } = await read(client, `instance=${machine.id}`)
  await client.advance(120_000)
  expect(await follow(client, meta.next_token, `instance=${machine.id}`)).toEqual([])
})

test('a cursor that is none is refused', async () => {
  const client = await simulator()
  expect((await client.ask('GET', `${LOGS}?next_token=yesterday`)).status).toBe(400)
})

test('a crash before the start of the simulator left its last words', async () => {
  const client = await simulator()
  const looping = [...client.world.machines.values()].find(({ behaviour }) => behaviour.kind === 'crash')
  const { data } = await read(client, `instance=${looping?.id}`)
  const messages = data.map(({ attributes }) => attributes.message)
  expect(messages).toContain('machine exited with exit code 1, not requested')
  expect(messages.some((message) => message.startsWith('Error: Cannot find module'))).toBe(true)
})
