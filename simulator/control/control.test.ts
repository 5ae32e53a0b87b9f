import { expect, test } from 'vitest'
import { z } from 'zod'
import { findMachine, readMachine, simulator, waitFor } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const APPS = '/v1/apps?org_slug=acme-workspaces'
const Ledger = z.object({
  requests: z.array(z.looseObject({ requestId: z.string(), status: z.number(), fault: z.string().optional() })),
  effects: z.array(
    z.looseObject({ kind: z.string(), id: z.string(), change: z.string(), request: z.string().optional() }),
  ),
  forgotten: z.object({ requests: z.number(), effects: z.number() }),
})
type Client = Awaited<ReturnType<typeof simulator>>

async function ledger({ ask, addresses }: Client) {
  const headers = { authorization: `Bearer ${addresses.controlToken}` }
  return Ledger.parse((await ask('GET', '/_control/ledger', { headers })).body)
}

test.each([
  ['reset', false, 0],
  ['reset', true, 1],
  ['truncate', true, 1],
])('an answer that is lost by %s (made before: %s) leaves %i starts behind', async (deed, committed, starts) => {
  const client = await simulator()
  const { path } = await findMachine(client, { app: 'acme-workspaces', state: 'stopped' })
  await client.control('clear-ledger')
  await client.control('fail', { path: `${path}/start`, [deed]: true, committed })
  await expect(client.ask('POST', `${path}/start`)).rejects.toThrow()
  const { requests, effects } = await ledger(client)
  expect(requests).toMatchObject([{ status: 0, fault: deed }])
  const ofRequest = effects.filter(({ change, request }) => change === 'state' && request === requests[0]?.requestId)
  expect(ofRequest.filter(({ to }) => to === 'starting')).toHaveLength(starts)
})

test('a dropped answer never comes, and the caller may hang up', async () => {
  const client = await simulator()
  await client.control('fail', { path: '/v1/apps', drop: true })
  const hangUp = AbortSignal.timeout(100)
  await expect(
    fetch(client.addresses.machines + APPS, {
      headers: { authorization: `Bearer ${client.addresses.token}` },
      signal: hangUp,
    }),
  ).rejects.toThrow()
  expect((await client.ask('GET', APPS)).status).toBe(200)
})

test('a share of requests fails, the same ones for the same seed', async () => {
  const statuses = async () => {
    const client = await simulator()
    await client.control('fail', { path: '/v1/apps', status: 503, rate: 0.3, times: 1_000 })
    const seen: number[] = []
    for (let time = 0; time < 60; time += 1) seen.push((await client.ask('GET', APPS)).status)
    return seen
  }
  const [once, again] = [await statuses(), await statuses()]
  expect(again).toEqual(once)
  const failed = once.filter((status) => status === 503).length
  expect(failed).toBeGreaterThan(5)
  expect(failed).toBeLessThan(40)
})

test('a 429 on purpose carries the headers it is given', async () => {
  const client = await simulator()
  await client.control('fail', { path: '/v1/apps', status: 429, headers: { 'retry-after': '7' } })
  const { status, headers } = await client.ask('GET', APPS)
  expect([status, headers.get('retry-after')]).toEqual([429, '7'])
})

test('time stands still until it is moved, and a wait ends at the moment of the change', async () => {
  const client = await simulator({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1 })
  const { path } = await findMachine(client, { app: 'acme-workspaces', state: 'stopped' })
  await client.ask('POST', `${path}/start`)
  expect((await readMachine(client, path)).state).toBe('starting')
  const started = waitFor(client, path, 'started')
  const { body } = await client.control('advance', { seconds: 5 })
  expect(body).toEqual({ ok: true, now: new Date(VIRTUAL_START + 5_000).toISOString() })
  expect((await started).status).toBe(200)
})

test('the org-wide lists lag as long, and their pages are as short, as they are told', async () => {
  const client = await simulator({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1 })
  await client.control('list-lag', { fromMs: 60_000, toMs: 60_000 })
  await client.control('list-pages', { rows: 7 })
  const { machine, path } = await findMachine(client, { app: 'acme-workspaces', state: 'stopped' })
  await client.ask('POST', `${path}/start`)
  await client.advance(30_000)
  const Page = z.object({
    machines: z.array(z.looseObject({ id: z.string(), state: z.string() })),
    next_cursor: z.string(),
  })
  const listed = async () => {
    const seen: z.infer<typeof Page>['machines'] = []
    for (let cursor = ''; ; ) {
      const query = cursor === '' ? '' : `?cursor=${cursor}`
      const page = Page.parse((await client.ask('GET', `/v1/orgs/acme-workspaces/machines${query}`)).body)
      expect(page.machines.length).toBeLessThanOrEqual(7)
      seen.push(...page.machines)
      cursor = page.next_cursor
      if (cursor === '') return seen.find(({ id }) => id === machine.id)?.state
    }
  }
  expect(await listed()).toBe('stopped')
  await client.advance(60_000)
  expect(await listed()).toBe('started')
})

test('the ledger says how much it has forgotten, and holds no token', async () => {
  const client = await simulator()
  await client.ask('GET', APPS)
  const seen = await ledger(client)
  expect(seen.forgotten).toEqual({ requests: 0, effects: 0 })
  const text = JSON.stringify(seen)
  for (const token of Object.values(client.addresses.tokens)) expect(text).not.toContain(token)
})
