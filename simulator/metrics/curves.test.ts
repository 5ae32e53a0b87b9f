import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRODUCT_ORG } from '../fleet/create-fleet.ts'
import { migrateMachine } from '../hosts/migrate.ts'
import { beginStart } from '../machines/lifecycle.ts'
import { beginStop, stopOrder } from '../machines/stop.ts'
import { type Client, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'
import type { World } from '../world/world.ts'
import { findSeries } from './find-series.ts'
import { NAME } from './labels.ts'
import { parseQuery } from './parse-query.ts'
import { RETENTION, SCRAPE, scrapeBefore } from './scrape.ts'
import type { Series } from './series.ts'

const fleet = (): Client => simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START) })

function find(world: World, selector: string): Series[] {
  const parsed = parseQuery(selector)
  if (parsed.kind !== 'selector') throw new Error(`${selector} is no selector`)
  return findSeries(world, { org: PRODUCT_ORG, matchers: parsed.matchers, since: 0 })
}

const onGrid = (world: World, ago: number) => scrapeBefore(world.clock.now() - ago)
const running = (world: World) =>
  [...world.machines.values()].filter(
    ({ app, state, hostStatus }) =>
      state === 'started' && hostStatus === 'ok' && world.apps.get(app)?.org === PRODUCT_ORG,
  )

/** Every metric of the documentation's lists that stands for many of its kind. */
const DOCUMENTED = [
  'fly_instance_up',
  'fly_instance_cpu',
  'fly_instance_cpu_baseline',
  'fly_instance_cpu_balance',
  'fly_instance_cpu_throttle',
  'fly_instance_load_average',
  'fly_instance_memory_mem_total',
  'fly_instance_memory_vmalloc_used',
  'fly_instance_net_recv_bytes',
  'fly_instance_net_sent_drop',
  'fly_instance_disk_reads_completed',
  'fly_instance_disk_io_in_progress',
  'fly_instance_filesystem_blocks_avail',
  'fly_instance_filefd_allocated',
  'fly_volume_size_bytes',
  'fly_volume_used_pct',
  'fly_edge_http_responses_count',
  'fly_edge_http_response_time_seconds_bucket',
  'fly_edge_tcp_connects_count',
  'fly_edge_data_out',
  'fly_edge_tls_handshake_errors',
  'fly_edge_tls_handshake_time_seconds_count',
  'fly_app_concurrency',
  'fly_app_http_responses_count',
  'fly_app_connect_time_seconds_bucket',
]

test.each(DOCUMENTED)('%s is there, with the labels it should have', (name) => {
  const { world } = fleet()
  const all = find(world, name)
  expect(all.length).toBeGreaterThan(0)
  const ofPlatform = name.startsWith('fly_edge_') || name.startsWith('fly_volume_')
  for (const { labels } of all) {
    expect(labels).toMatchObject({ app: expect.any(String), region: expect.stringMatching(/^[a-z]{3}$/) })
    expect(labels.host).toMatch(/^[\da-f]{4}$/)
    expect('instance' in labels).toBe(!ofPlatform)
  }
  expect(all.some(({ at }) => !Number.isNaN(at(onGrid(world, 0))))).toBe(true)
})

const COUNTERS = [
  'fly_instance_cpu',
  'fly_instance_net_recv_bytes',
  'fly_instance_disk_sectors_written',
  'fly_edge_http_responses_count',
  'fly_edge_http_response_time_seconds_bucket',
  'fly_app_http_response_time_seconds_sum',
]

test.each(COUNTERS)('%s never falls while its machine runs', (name) => {
  const { world } = fleet()
  const all = find(world, name)
  const now = onGrid(world, 0)
  fc.assert(
    fc.property(fc.nat(all.length - 1), fc.integer({ min: 1, max: 3_000 }), (place, ago) => {
      const series = all[place]
      const time = now - ago * SCRAPE
      const [before = Number.NaN, after = Number.NaN] = [series?.at(time), series?.at(time + SCRAPE)]
      const machine = world.machines.get(series?.labels.instance ?? '')
      const began = machine && machine.stateSince > time
      // An edge begins again once a week.
      const replaced = !machine && Math.floor(time / 604_800_000) !== Math.floor((time + SCRAPE) / 604_800_000)
      if (!Number.isNaN(before) && !Number.isNaN(after) && !began && !replaced)
        expect(after).toBeGreaterThanOrEqual(before)
    }),
    { numRuns: 400 },
  )
})

test('the modes of each CPU make up the time that passed', () => {
  const { world } = fleet()
  const [machine] = running(world)
  const time = onGrid(world, 0)
  const modes = find(world, `fly_instance_cpu{instance="${machine?.id}",cpu_id="0"}`)
  const sum = modes.reduce((total, { at }) => total + at(time) - at(time - 40 * SCRAPE), 0)
  expect(modes.map(({ labels }) => labels.mode).sort()).toEqual([
    'guest',
    'guest_nice',
    'idle',
    'iowait',
    'irq',
    'nice',
    'softirq',
    'steal',
    'system',
    'user',
  ])
  expect(Math.abs(sum - 40 * 15 * 100)).toBeLessThan(modes.length + 1)
})

test('memory stays below the guest’s, and its parts below the total', () => {
  const { world } = fleet()
  for (const { id, config } of running(world)) {
    const part = (name: string) =>
      find(world, `fly_instance_memory_${name}{instance="${id}"}`)[0]?.at(onGrid(world, 0)) ?? Number.NaN
    const total = part('mem_total')
    expect(total).toBeLessThan((config.guest?.memory_mb ?? 0) * 1024 ** 2)
    expect(part('mem_available')).toBeLessThan(total)
    expect(part('mem_free') + part('cached') + part('buffers')).toBeLessThanOrEqual(part('mem_available'))
  }
})

test('a machine that the kernel killed had hardly any memory left, and its exit says so', () => {
  const { world } = fleet()
  const killed = [...world.machines.values()].find(({ events }) => JSON.stringify(events).includes('"oom_killed":true'))
  const [life] = world.runs.lives(killed?.app ?? '').filter(({ machine }) => machine === killed)
  const end = life?.runs.at(-1)?.to ?? 0
  const of = (name: string) => find(world, `${name}{instance="${killed?.id}"}`)[0]
  const share = (time: number) =>
    (of('fly_instance_memory_mem_available')?.at(time) ?? 0) / (of('fly_instance_memory_mem_total')?.at(time) ?? 0)
  expect(share(scrapeBefore(end - 1))).toBeLessThan(0.06)
  expect(share(scrapeBefore(end - 3_600_000))).toBeGreaterThan(0.2)
  const after = scrapeBefore(end) + SCRAPE
  expect([of('fly_instance_exit_oom')?.at(after), of('fly_instance_exit_code')?.at(after)]).toEqual([1, 137])
  expect(of('fly_instance_up')?.at(after)).toBeNaN()
})

test('what a volume uses is what the Machines API says', async () => {
  const client = fleet()
  const [volume] = [...client.world.volumes.values()].filter(
    ({ attachedMachineId, hostStatus }) => attachedMachineId && hostStatus === 'ok',
  )
  const { body } = await client.ask('GET', `/v1/apps/${volume?.app}/volumes/${volume?.id}`)
  const time = onGrid(client.world, 0)
  const of = (name: string) => find(client.world, `${name}{id="${volume?.id}"}`)[0]?.at(time) ?? Number.NaN
  expect(body).toMatchObject({ bytes_total: of('fly_volume_size_bytes') })
  expect(Number(Object(body).bytes_used)).toBeCloseTo(
    (of('fly_volume_used_pct') / 100) * of('fly_volume_size_bytes'),
    -7,
  )
})

test('a machine that moves to another host goes on under its name, and its past stays with the old one', async () => {
  const client = fleet()
  const { world } = client
  const machine = running(world).find(({ app }) => app === 'acme-api')
  if (!machine) throw new Error('Nothing runs.')
  const { host } = machine
  migrateMachine(world, machine)
  await client.advance(60_000)
  const up = find(world, `fly_instance_up{instance="${machine.id}"}`)
  const hostsAt = (time: number) => up.filter(({ at }) => at(time) === 1).map(({ labels }) => labels.host)
  expect(machine.host).not.toBe(host)
  expect([hostsAt(onGrid(world, 120_000)), hostsAt(onGrid(world, 0))]).toEqual([[host], [machine.host]])
})

test('the edge served what its machines served', () => {
  const { world } = fleet()
  const time = onGrid(world, 0)
  const rise = (selector: string) =>
    find(world, selector).reduce((sum, { at }) => {
      const [before, after] = [at(time - 240 * SCRAPE), at(time)]
      return sum + (Number.isNaN(before) || Number.isNaN(after) ? 0 : after - before)
    }, 0)
  const edge = rise('fly_edge_http_responses_count{app="acme-api"}')
  const machines = rise('fly_app_http_responses_count{app="acme-api"}')
  expect(edge).toBeGreaterThan(1_000)
  expect(Math.abs(edge - machines)).toBeLessThan(machines * 0.01)
})

test('a machine publishes from its start to its stop, and counts from zero each time', async () => {
  const client = fleet()
  const { world } = client
  const machine = running(world).find(({ app }) => app === 'acme-api')
  if (!machine) throw new Error('Nothing runs.')
  const [up, busy] = ['fly_instance_up', 'fly_instance_cpu{mode="idle",cpu_id="0"}'].map(
    (text) => () =>
      find(world, text)
        .find(({ labels }) => labels.instance === machine.id)
        ?.at(onGrid(world, 0)),
  )
  const old = busy?.() ?? 0
  expect(up?.()).toBe(1)
  beginStop(world, machine, { ...stopOrder(machine), source: 'user' })
  await client.advance(60_000)
  expect(up?.()).toBeNaN()
  beginStart(world, machine, 'user')
  await client.advance(60_000)
  expect(up?.()).toBe(1)
  expect(busy?.()).toBeLessThan(old)
  expect(busy?.()).toBeLessThan(6_001)
})

test('the past stays what it was, whatever happens later', async () => {
  const client = fleet()
  const { world } = client
  const [machine] = running(world)
  const time = onGrid(world, 3_600_000)
  const picture = () =>
    find(world, `{__name__=~"fly_(instance|app)_.+",instance="${machine?.id}"}`).map(({ labels, at }) => [
      labels,
      at(time),
    ])
  const before = picture()
  await client.ask('DELETE', `/v1/apps/${machine?.app}/machines/${machine?.id}?force=true`)
  await client.advance(3_600_000)
  expect(before.length).toBeGreaterThan(100)
  const exits = (rows: unknown[]) => rows.filter((row) => !JSON.stringify(row).includes('fly_instance_exit'))
  expect(exits(picture())).toEqual(exits(before))
})

test('nothing is kept for longer than fifteen days, and nothing is known of tomorrow', () => {
  const { world } = fleet()
  const [old] = running(world).filter(({ createdAt }) => createdAt < world.clock.now() - 30 * 86_400_000)
  const [up] = find(world, `fly_instance_up{instance="${old?.id}"}`)
  expect(up?.at(onGrid(world, RETENTION - 60_000))).toBe(1)
  expect(up?.at(onGrid(world, RETENTION + 60_000))).toBeNaN()
  expect(up?.at(onGrid(world, -60_000))).toBeNaN()
})

test('a lost host reports neither its machines nor its volumes', () => {
  const { world } = fleet()
  const lost = [...world.machines.values()].find(({ hostStatus }) => hostStatus === 'unreachable')
  const volume = [...world.volumes.values()].find(({ attachedMachineId }) => attachedMachineId === lost?.id)
  const all = [`fly_instance_up{instance="${lost?.id}"}`, `fly_volume_used_pct{id="${volume?.id}"}`].flatMap((text) =>
    find(world, text),
  )
  expect(all.map(({ at }) => at(onGrid(world, 0)))).toEqual([Number.NaN, Number.NaN])
  expect(all.every(({ at }) => !Number.isNaN(at(onGrid(world, 1_500_000))))).toBe(true)
})

test('two worlds of one seed have the same curves', () => {
  const [one, two] = [fleet(), fleet()].map(({ world }) =>
    find(world, `{__name__=~".+",app="acme-docs"}`).map(({ labels, at }) => [labels, at(VIRTUAL_START - 60_000)]),
  )
  expect(one?.length).toBeGreaterThan(300)
  expect(new Set(one?.map(([labels]) => Object(labels)[NAME])).size).toBeGreaterThan(60)
  expect(two).toEqual(one)
})
