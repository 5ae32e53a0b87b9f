import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { findMachine, MachinePage, simulator } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const MACHINES = '/v1/orgs/acme-workspaces/machines'

test('pages of any size give every machine once, oldest change first', async () => {
  const client = await simulator()
  const everything = MachinePage.parse((await client.ask('GET', MACHINES)).body).machines
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (limit) => {
    const seen: typeof everything = []
    let cursor = ''
    do {
      const page = MachinePage.parse((await client.ask('GET', `${MACHINES}?limit=${limit}&cursor=${cursor}`)).body)
      seen.push(...page.machines)
      cursor = page.next_cursor
    } while (cursor !== '')
    expect(seen).toEqual(everything)
  })
  await fc.assert(property, { numRuns: 12 })
  expect(everything).toHaveLength(83)
  expect(everything.map(({ updated_at: at }) => at)).toEqual(everything.map(({ updated_at: at }) => at).sort())
})

test('a filtered page may be empty while more is behind it', async () => {
  const client = await simulator()
  const page = MachinePage.parse((await client.ask('GET', `${MACHINES}?limit=1&state=replacing`)).body)
  expect(page.machines).toEqual([])
  expect(page.next_cursor).not.toBe('')
})

test('empty pages lie between those with rows, and whoever follows the cursor gets everything', async () => {
  const client = await simulator()
  const everything = MachinePage.parse((await client.ask('GET', MACHINES)).body).machines
  await client.control('list-pages', { rows: 20, empty: 2 })
  const sizes: number[] = []
  const seen: typeof everything = []
  let cursor = ''
  do {
    const page = MachinePage.parse((await client.ask('GET', `${MACHINES}?cursor=${cursor}`)).body)
    sizes.push(page.machines.length)
    seen.push(...page.machines)
    cursor = page.next_cursor
  } while (cursor !== '')
  expect(sizes).toEqual([0, 0, 20, 0, 0, 20, 0, 0, 20, 0, 0, 20, 0, 0, 3])
  expect(seen).toEqual(everything)
  await client.control('list-pages')
  expect(MachinePage.parse((await client.ask('GET', MACHINES)).body).next_cursor).toBe('')
})

test('the slim rows hold neither events nor checks nor mounts', async () => {
  const client = await simulator()
  const { machines } = MachinePage.parse((await client.ask('GET', MACHINES)).body)
  for (const machine of machines) {
    expect(machine).not.toHaveProperty('events')
    expect(machine).not.toHaveProperty('checks')
    expect(machine).not.toHaveProperty('config.mounts')
  }
})

test('a summary leaves out the config of machines, and the blocks and bytes of volumes', async () => {
  const { ask } = await simulator()
  const { machines } = MachinePage.parse((await ask('GET', `${MACHINES}?summary=true`)).body)
  const Volumes = z.object({ volumes: z.array(z.looseObject({ id: z.string(), app_name: z.string() })) })
  const { volumes } = Volumes.parse((await ask('GET', '/v1/orgs/acme-workspaces/volumes?summary=true')).body)
  const keys = [...machines, ...volumes].flatMap((row) => Object.keys(row))
  expect(keys.filter((key) => /^(config|block|bytes)/.test(key))).toEqual([])
  expect(machines.length + volumes.length).toBeGreaterThan(100)
})

test('a change shows in the list only after a while', async () => {
  const client = await simulator({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1 })
  const { machine, path } = await findMachine(client, { app: 'acme-web', state: 'started' })
  const listed = async () => {
    const { machines } = MachinePage.parse((await client.ask('GET', MACHINES)).body)
    return machines.find(({ id }) => id === machine.id)?.state
  }
  await client.ask('POST', `${path}/stop`)
  await client.advance(900)
  expect(await listed()).toBe('started')
  await client.advance(10_000)
  expect(await listed()).toBe('stopped')
})

test('a region that does not answer is named, and its machines are missing', async () => {
  const client = await simulator()
  await client.control('error-region', { region: 'fra' })
  const { machines, error_regions: unseen } = MachinePage.parse((await client.ask('GET', MACHINES)).body)
  expect(unseen).toEqual(['fra'])
  expect(machines.some(({ region }) => region === 'fra')).toBe(false)
})

test('wrong parameters are refused', async () => {
  const client = await simulator()
  for (const query of ['limit=0', 'limit=1001', 'updated_after=yesterday', 'cursor=!!!']) {
    expect((await client.ask('GET', `${MACHINES}?${query}`)).status, query).toBe(400)
  }
})

test('the demo has 70 volumes, 6 of them without a machine', async () => {
  const client = await simulator()
  const Volumes = z.looseObject({ volumes: z.array(z.looseObject({ attached_machine_id: z.string().nullable() })) })
  const pages = await Promise.all(
    ['acme-workspaces', 'personal'].map((org) => client.ask('GET', `/v1/orgs/${org}/volumes`)),
  )
  const volumes = pages.flatMap(({ body }) => Volumes.parse(body).volumes)
  expect(volumes).toHaveLength(70)
  expect(volumes.filter(({ attached_machine_id: machine }) => machine === null)).toHaveLength(6)
})
