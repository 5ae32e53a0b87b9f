import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulatorInProcess } from '../test/client.ts'
import { APP, type Launched, launch, standingStill, story } from '../test/machine.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const VISIT = `/_apps/${APP}/api/health`
const Served = z.object({ machine: z.string() })

const service = (more: object = {}) => ({
  services: [{ internal_port: 8080, ports: [{ port: 443 }], autostop: 'stop', autostart: true, ...more }],
})

/** An app with none but the machines of the test. */
async function emptyApp(): Promise<Client> {
  const client = standingStill()
  for (const id of [...(client.world.apps.get(APP)?.machines ?? [])]) await client.control('destroy', { machine: id })
  return client
}

/** A pass of autostop is every three minutes; a machine that was busy since the last one waits for the next. */
const PASSES = (count: number) => count * 180_000 + 1_000

async function visit(client: Client, headers: Record<string, string> = {}) {
  const reply = client.ask('GET', VISIT, { headers })
  for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  await client.advance(9_000)
  return reply
}

test('in each region one idle machine goes to sleep per pass, until one is left where some must run', async () => {
  const client = await emptyApp()
  const config = { ...service({ min_machines_running: 1 }), env: { PRIMARY_REGION: 'fra' } }
  const launched: Launched[] = []
  for (const region of ['fra', 'fra', 'fra', 'iad']) launched.push(await launch(client, config, { region }))
  const running = (place: string) =>
    launched.filter(({ machine: { region, state } }) => region === place && state === 'started').length
  const counts = []
  for (let pass = 0; pass < 5; pass += 1) {
    await client.advance(PASSES(1))
    counts.push([running('fra'), running('iad')])
  }
  expect(counts).toEqual([
    [3, 1],
    [2, 0],
    [1, 0],
    [1, 0],
    [1, 0],
  ])
  expect(launched.map(({ machine }) => story(machine, 2).join(', '))).toContain(
    'exit stopped flyd, stop stopping proxy',
  )
})

test('open connections keep a machine awake, and load above the soft limit keeps one more', async () => {
  const client = await emptyApp()
  const config = service({ concurrency: { type: 'connections', soft_limit: 5, hard_limit: 10 } })
  const [busy, idle, spare] = [await launch(client, config), await launch(client, config), await launch(client, config)]
  await client.control('connections', { machine: busy.machine.id, count: 7 })
  await client.advance(PASSES(5))
  const awake = [busy, idle, spare].map(({ machine }) => machine.state)
  expect(awake.filter((state) => state === 'started')).toHaveLength(2)
  expect(busy.machine.state).toBe('started')
  await client.control('connections', { machine: busy.machine.id, count: 1 })
  await client.advance(PASSES(5))
  expect([busy, idle, spare].map(({ machine }) => machine.state)).toEqual(['started', 'stopped', 'stopped'])
  await client.control('connections', { machine: busy.machine.id, count: 0 })
  await client.advance(PASSES(3))
  expect(busy.machine.state).toBe('stopped')
})

test('suspend is what autostop says, or a stop where the machine cannot be suspended', async () => {
  const client = await emptyApp()
  const small = await launch(client, service({ autostop: 'suspend' }))
  const big = { guest: { cpu_kind: 'shared', cpus: 2, memory_mb: 4096 } }
  const large = await launch(client, { ...service({ autostop: 'suspend' }), ...big }, { region: 'iad' })
  const never = await launch(client, service({ autostop: 'off' }), { region: 'lhr' })
  const bare = await launch(client, {}, { region: 'ams' })
  await client.advance(PASSES(4))
  expect([small, large, never, bare].map(({ machine }) => machine.state)).toEqual([
    'suspended',
    'stopped',
    'started',
    'started',
  ])
})

test('a visit wakes a sleeping machine, twice at once wakes one, and the event says who did', async () => {
  const client = await emptyApp()
  const { machine, path } = await launch(client, service())
  await client.ask('POST', `${path}/stop`)
  await client.advance(3_000)
  const [one, two] = await Promise.all([visit(client), visit(client)])
  expect([one.status, two.status]).toEqual([200, 200])
  expect(story(machine, 2)).toEqual(['start started flyd', 'start starting proxy'])
})

test('the proxy sees a fresh start late: it lets through who waited for it, and nobody else for a moment', async () => {
  const client = await emptyApp()
  const { machine, path } = await launch(client, service())
  await client.ask('POST', `${path}/stop`)
  await client.advance(3_000)
  const served: unknown[] = []
  const waiting = client.ask('GET', VISIT).then(({ status }) => served.push(status))
  for (let times = 0; served.length === 0 && times < 2_000; times += 1) await client.advance(1)
  await waiting
  expect([served, machine.state]).toEqual([[200], 'started'])
  expect((await client.ask('GET', VISIT)).status).toBe(503)
  await client.advance(600)
  expect((await client.ask('GET', VISIT)).status).toBe(200)
})

test('without delays a start is seen at once', async () => {
  const client = simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START), delayScale: 0, machines: 30 })
  const { machine, path } = await launch(client, service())
  await client.ask('POST', `${path}/stop`)
  await client.ask('POST', `${path}/start`)
  expect(machine.state).toBe('started')
  expect((await client.ask('GET', VISIT, { headers: { 'fly-force-instance-id': machine.id } })).status).toBe(200)
})

test('nobody is woken without autostart, behind a cordon or on a lost host: 503', async () => {
  const client = await emptyApp()
  const { machine, path } = await launch(client, service({ autostart: false }))
  expect((await visit(client)).status).toBe(200)
  await client.ask('POST', `${path}/cordon`)
  expect((await visit(client)).status).toBe(503)
  await client.ask('POST', `${path}/uncordon`)
  await client.control('host', { machine: machine.id, status: 'unreachable' })
  expect((await visit(client)).status).toBe(503)
  await client.control('host', { machine: machine.id, status: 'ok' })
  await client.ask('POST', `${path}/stop`)
  await client.advance(3_000)
  expect((await visit(client)).status).toBe(503)
  expect(machine.state).toBe('stopped')
})

test('headers choose the machine or the region, else the least loaded answers', async () => {
  const client = await emptyApp()
  const fra = await launch(client, service())
  const iad = await launch(client, service(), { region: 'iad' })
  const served = async (headers = {}) => Served.parse((await visit(client, headers)).body).machine
  await client.control('connections', { machine: fra.machine.id, count: 3 })
  expect(await served()).toBe(iad.machine.id)
  expect(await served({ 'fly-prefer-region': 'fra' })).toBe(fra.machine.id)
  expect(await served({ 'fly-prefer-region': 'syd' })).toBe(iad.machine.id)
  expect(await served({ 'fly-force-instance-id': fra.machine.id })).toBe(fra.machine.id)
  expect((await visit(client, { 'fly-force-instance-id': 'elsewhere' })).status).toBe(503)
})

test('where all are at their soft limit one more wakes; at their hard limit it has to answer', async () => {
  const client = await emptyApp()
  const config = service({ concurrency: { soft_limit: 5, hard_limit: 10 } })
  const [one, two] = [await launch(client, config), await launch(client, config)]
  await client.ask('POST', `${two.path}/stop`)
  await client.advance(3_000)
  await client.control('connections', { machine: one.machine.id, count: 5 })
  expect(Served.parse((await visit(client)).body).machine).toBe(one.machine.id)
  expect(two.machine.state).toBe('started')
  await client.control('connections', { machine: one.machine.id, count: 10 })
  expect(Served.parse((await visit(client)).body).machine).toBe(two.machine.id)
})

test('failing checks stop the traffic and nothing else; what nobody serves is 404; a program that hangs is 502', async () => {
  const client = await emptyApp()
  const checks = [{ type: 'http', interval: '5s', path: '/nobody-serves-this' }]
  const { machine } = await launch(client, service({ checks, autostop: 'off' }))
  expect((await visit(client)).status).toBe(503)
  expect(machine.state).toBe('started')
  const healthy = await launch(client, service())
  expect((await client.ask('GET', `/_apps/${APP}/nobody-serves-this`)).status).toBe(404)
  await client.control('hang', { machine: healthy.machine.id })
  expect((await visit(client)).status).toBe(502)
})

test('the demo does not fall asleep while it is looked at', async () => {
  const client = simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START), delayScale: 1 })
  const awake = () =>
    [...client.world.machines.values()]
      .filter(({ state, behaviour }) => state === 'started' && behaviour.kind === 'steady')
      .map(({ id }) => id)
  const before = awake()
  await client.advance(3_600_000)
  expect(awake()).toEqual(before)
})
