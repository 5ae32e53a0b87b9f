import { expect, test } from 'vitest'
import { z } from 'zod'
import { readMachine, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const IMAGE = 'registry.fly.io/trial-app:v1'
const MACHINES = '/v1/apps/trial-app/machines'
const VOLUMES = '/v1/apps/trial-app/volumes'
const BILLING = 'please add a payment method. https://fly.io/dashboard/acme-trial/billing'

/** A new organisation with an app that has an image: an organisation begins on trial. */
async function trial() {
  const client = simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START), machines: 22, delayScale: 1 })
  const { ask, advance } = client
  const query = 'mutation { createOrganization(input: { name: "Acme Trial" }) { organization { slug } } }'
  await ask('POST', '/graphql', { body: { query } })
  await ask('POST', '/v1/apps', { body: { name: 'trial-app', org_slug: 'acme-trial' } })
  await advance(5_000)
  await ask('POST', '/_sim/images', { body: { app: 'trial-app', tag: 'v1' } })
  const create = (guest?: object) =>
    ask('POST', MACHINES, { body: { config: { image: IMAGE, ...(guest ? { guest } : {}) } } })
  const billing = async () => {
    const { body } = await ask('GET', '/api/v1/organizations/acme-trial')
    return z.looseObject({ organization: z.looseObject({ billing_status: z.string() }) }).parse(body).organization
      .billing_status
  }
  return { ...client, create, billing }
}

async function started({ create, advance }: Awaited<ReturnType<typeof trial>>) {
  const { id } = z.looseObject({ id: z.string() }).parse((await create()).body)
  await advance(10_000)
  return `${MACHINES}/${id}`
}

test('on a trial a machine is stopped after five minutes, and may be started again', async () => {
  const fly = await trial()
  const path = await started(fly)
  await fly.advance(4 * MINUTE)
  expect((await readMachine(fly, path)).state).toBe('started')
  await fly.advance(MINUTE)
  const machine = await readMachine(fly, path)
  expect(machine.state).toBe('stopped')
  expect(machine.events.map(({ type, status }) => `${type} ${status}`)).toContain('stop stopping')
  expect((await fly.ask('POST', `${path}/start`)).status).toBe(200)
  await fly.advance(10_000)
  expect((await readMachine(fly, path)).state).toBe('started')
})

test('a trial has ten small machines at most', async () => {
  const { create } = await trial()
  for (const guest of [
    { cpu_kind: 'performance', cpus: 1, memory_mb: 2048 },
    { cpu_kind: 'shared', cpus: 4, memory_mb: 1024 },
    { cpu_kind: 'shared', cpus: 4, memory_mb: 8192 },
  ]) {
    expect(await create(guest)).toMatchObject({ status: 422, body: { error: expect.stringContaining(BILLING) } })
  }
  for (let made = 0; made < 10; made += 1) expect((await create()).status).toBe(200)
  expect(await create()).toMatchObject({ status: 422, body: { error: expect.stringContaining('10 machines') } })
})

test('a trial has 20 GB of volumes and no IPv4 address of its own', async () => {
  const { ask, advance } = await trial()
  const volume = (size_gb: number) => ask('POST', VOLUMES, { body: { name: 'data', region: 'fra', size_gb } })
  const made = z.looseObject({ id: z.string() }).parse((await volume(15)).body)
  await advance(1_000)
  expect((await volume(6)).status).toBe(422)
  const extend = (size_gb: number) => ask('PUT', `${VOLUMES}/${made.id}/extend`, { body: { size_gb } })
  expect((await extend(21)).status).toBe(422)
  expect((await extend(20)).status).toBe(200)
  await ask('DELETE', `${VOLUMES}/${made.id}`)
  expect((await volume(6)).status).toBe(200)
  const address = async (type: string) =>
    (await ask('POST', '/v1/apps/trial-app/ip_assignments', { body: { type } })).status
  expect([await address('v4'), await address('shared_v4'), await address('v6')]).toEqual([422, 200, 200])
})

test('a trial ends after a week, and then nothing starts before a card is there', async () => {
  const fly = await trial()
  const { ask, advance, create, billing } = fly
  const path = await started(fly)
  expect(await billing()).toBe('TRIAL_ACTIVE')
  await advance(7 * DAY)
  expect(await billing()).toBe('TRIAL_ENDED')
  const refusal = { status: 422, body: { error: `To create more than 1 machine per app ${BILLING}` } }
  expect(await create()).toMatchObject(refusal)
  expect(await ask('POST', `${path}/start`)).toMatchObject(refusal)
  await fly.control('add-card', { org: 'acme-trial' })
  expect(await billing()).toBe('CURRENT')
  expect((await create({ cpu_kind: 'performance', cpus: 4, memory_mb: 8192 })).status).toBe(200)
  await ask('POST', `${path}/start`)
  await advance(DAY)
  expect((await readMachine(fly, path)).state).toBe('started')
})

test('a trial ends after two hours of running, however many machines share them', async () => {
  const fly = await trial()
  const paths = [await started(fly), await started(fly), await started(fly), await started(fly)]
  // Four machines use up two hours in six runs of five minutes.
  for (let run = 1; run < 6; run += 1) {
    await fly.advance(6 * MINUTE)
    expect(await fly.billing()).toBe('TRIAL_ACTIVE')
    for (const path of paths) await fly.ask('POST', `${path}/start`)
  }
  await fly.advance(6 * MINUTE)
  expect(await fly.billing()).toBe('TRIAL_ENDED')
})

test('what runs when a trial ends is stopped like everything else on it', async () => {
  const fly = await trial()
  const path = await started(fly)
  await fly.control('end-trial', { org: 'acme-trial' })
  expect((await readMachine(fly, path)).state).toBe('started')
  await fly.advance(5 * MINUTE)
  expect((await readMachine(fly, path)).state).toBe('stopped')
})
