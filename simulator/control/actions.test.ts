import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulator, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const Listed = z.object({
  actions: z.array(z.object({ name: z.string(), says: z.string().min(10), takes: z.array(z.string()) })),
})

async function list({ ask, addresses }: Client) {
  const headers = { authorization: `Bearer ${addresses.controlToken}` }
  return Listed.parse((await ask('GET', '/_control', { headers })).body).actions
}

/** What a member may plausibly hold: real things and nonsense. No folder that could be made. */
function members({ world, addresses }: Client): fc.Arbitrary<unknown> {
  const machines = [...world.machines.keys()].slice(0, 12)
  const real = [...machines, ...[...world.volumes.keys()].slice(0, 4), 'acme-web', 'fra', 'acme-trial', 'personal']
  const words = ['unknown', 'ok', 'hostile', 'run', 'slow', '/dev/null/agent', addresses.tokens.readonly, '/v1/apps']
  return fc.oneof(
    fc.constantFrom<unknown>(...real, ...words),
    fc.boolean(),
    fc.integer({ min: -2, max: 400 }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.constantFrom(1e300, -1, '', null, [], {}, ['x'], { 'x y': 'z' }, 2 ** 53, '\u0000'),
    fc.jsonValue({ maxDepth: 2 }).filter((value) => typeof value !== 'string' || !value.startsWith('/')),
  )
}

test('no action answers anything but done, 400 with the name of a member, 404, or that it cannot be now', async () => {
  const client = simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1 })
  const actions = await list(client)
  const asked = fc.constantFrom(...actions).chain(({ name, takes }) => {
    const fitting = fc.record(Object.fromEntries(takes.map((member) => [member, members(client)])), {
      requiredKeys: [],
    })
    return fc.record({ name: fc.constant(name), takes: fc.constant(takes), body: fc.oneof(fitting, fc.jsonValue()) })
  })
  const property = fc.asyncProperty(asked, async ({ name, takes, body }) => {
    const { status, body: told } = await client.control(name, body)
    expect([200, 400, 404, 412, 422, 503], `${name} ${JSON.stringify(body)} → ${JSON.stringify(told)}`).toContain(
      status,
    )
    if (status !== 400) return
    const [, member = ''] = /invalid request: ([^:.]+)/.exec(JSON.stringify(told)) ?? []
    expect([...takes, 'body'], JSON.stringify(told)).toContain(member)
  })
  await fc.assert(property, { seed: 7, numRuns: 1_500, endOnFailure: true })
  // It is still a world in which things happen.
  await client.control('clear-faults')
  await client.control('online')
  expect((await client.control('advance', { seconds: 60 })).status).toBe(200)
}, 30_000)

test.each([
  ['destroy', { machine: 'none' }, 404, 'machine'],
  ['push-logs', { app: 'none', messages: [] }, 404, 'app'],
  ['full-region', { region: 'atlantis' }, 404, 'region'],
  ['lose-host', { host: 'none' }, 404, 'host'],
  ['lose-host', {}, 400, 'host'],
  ['lose-host', { machine: 7 }, 400, 'machine'],
  ['end-trial', { org: 'none' }, 404, 'organization'],
  ['revoke', { token: 'none' }, 404, 'token'],
  ['advance', { seconds: 1e300 }, 400, 'seconds'],
  ['agent', { folder: '/dev/null/agent' }, 400, 'folder'],
  ['fail', { status: 429, headers: { 'no header': '' } }, 400, 'headers'],
  ['fail', { status: 429, headers: { 'content-length': '7' } }, 400, 'headers'],
  ['fail', { status: 429, headers: { Trailer: 'x' } }, 400, 'headers'],
  ['crash', '{"machine":', 400, 'body'],
])('%s with %o is %i and says %s', async (name, body, status, word) => {
  const client = simulatorInProcess()
  const reply = await client.control(name, body)
  expect(reply.status).toBe(status)
  expect(JSON.stringify(reply.body)).toContain(word)
})

test('there is no action without the control token, and none by another name', async () => {
  const client = await simulator({ machines: 1 })
  expect((await client.ask('GET', '/_control')).status).toBe(401)
  expect((await client.ask('POST', '/_control/online')).status).toBe(401)
  expect((await client.control('nonsense')).status).toBe(404)
})

test('the page about the simulator tells of every action, and of no other', async () => {
  const page = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const [, table = ''] = /\| action \| body \| effect \|\n(.*?)\n\n/s.exec(page) ?? []
  const told = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name))
  const actions = await list(simulatorInProcess({ machines: 1 }))
  expect(told.sort()).toEqual(actions.map(({ name }) => name).sort())
})

test('a token that is revoked and restored leaves two effects', async () => {
  const { control, world, addresses } = simulatorInProcess({ machines: 1 })
  await control('revoke', { token: addresses.tokens.readonly })
  await control('restore', { token: addresses.tokens.readonly })
  expect(world.effects.list().map(({ kind, change }) => `${kind} ${change}`)).toEqual([
    'token revoked',
    'token restored',
  ])
})
