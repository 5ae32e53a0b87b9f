import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulator, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock, VIRTUAL_START } from '../world/clock.ts'

const BASE = '/prometheus/acme-workspaces/api/v1'
const Vector = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
})
const Matrix = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
})
const List = z.object({ status: z.literal('success'), data: z.array(z.unknown()) })

const fleet = () => simulatorInProcess({ clock: createVirtualClock(VIRTUAL_START) })
const get = ({ ask }: Client, path: string, parameters: Record<string, string> = {}) =>
  ask('GET', `${BASE}/${path}?${new URLSearchParams(parameters)}`)
const ask = async (client: Client, query: string) =>
  Vector.parse((await get(client, 'query', { query })).body).data.result
const one = async (client: Client, query: string) => {
  const result = await ask(client, query)
  expect(result).toHaveLength(1)
  return Number(result[0]?.value[1])
}

const apiMachine = ({ world }: Client) => {
  const machine = [...world.machines.values()].find(({ app, state }) => app === 'acme-api' && state === 'started')
  if (!machine) throw new Error('acme-api does not run.')
  return machine
}

test('the share of its CPUs that a machine uses is a percentage', async () => {
  const client = fleet()
  const of = `app="acme-api",instance="${apiMachine(client).id}"`
  const busy = await one(
    client,
    `100 * sum(rate(fly_instance_cpu{${of},mode!="idle"}[1m])) / 100 / count(count(fly_instance_cpu{${of}}) by (cpu_id))`,
  )
  const idle = await one(client, `avg(rate(fly_instance_cpu{${of},mode="idle"}[1m]))`)
  expect(busy).toBeGreaterThan(1)
  expect(busy + idle).toBeCloseTo(100, 0)
})

test('memory used, the fill of a volume and the bytes that went out make sense', async () => {
  const client = fleet()
  const { id, config } = apiMachine(client)
  const memory = `{instance="${id}"}`
  const used = await one(client, `fly_instance_memory_mem_total${memory} - fly_instance_memory_mem_available${memory}`)
  expect(used).toBeGreaterThan(1024 ** 2)
  expect(used).toBeLessThan((config.guest?.memory_mb ?? 0) * 1024 ** 2)
  const fills = await ask(
    client,
    '1 - fly_instance_filesystem_blocks_avail{mount="/workspace"} / fly_instance_filesystem_blocks{mount="/workspace"}',
  )
  expect(fills.length).toBeGreaterThan(10)
  for (const { metric, value } of fills) {
    const volume = [...client.world.volumes.values()].find((each) => each.attachedMachineId === metric.instance)
    expect(Number(value[1])).toBeCloseTo((volume?.bytesUsed ?? 0) / (volume?.sizeGb ?? 1) / 1024 ** 3, 4)
  }
  const out = await one(client, 'sum(increase(fly_edge_data_out{app="acme-api"}[24h]))')
  const served = await one(client, 'sum(increase(fly_edge_http_responses_count{app="acme-api"}[24h]))')
  expect(out / served).toBeCloseTo(9_000, -2)
})

test('as many machines are up as run, in each region', async () => {
  const client = fleet()
  const running = [...client.world.machines.values()].filter(
    ({ app, state, hostStatus }) =>
      state === 'started' && hostStatus === 'ok' && client.world.apps.get(app)?.org === 'acme-workspaces',
  )
  expect(await one(client, 'sum(fly_instance_up)')).toBe(running.length)
  const regions = await ask(client, 'count by (region) (fly_instance_up)')
  expect(Object.fromEntries(regions.map(({ metric, value }) => [metric.region, Number(value[1])]))).toEqual(
    Object.fromEntries([...Map.groupBy(running, ({ region }) => region)].map(([region, all]) => [region, all.length])),
  )
})

test('a range gives a point a step, a form the same as an address', async () => {
  const client = fleet()
  const parameters = {
    query: 'sum by (app) (rate(fly_app_http_responses_count[5m]))',
    start: String(VIRTUAL_START / 1_000 - 3_600),
    end: new Date(VIRTUAL_START).toISOString(),
    step: '2m',
  }
  const asked = await get(client, 'query_range', parameters)
  const { result } = Matrix.parse(asked.body).data
  const web = result.find(({ metric }) => metric.app === 'acme-web')
  expect(web?.values).toHaveLength(31)
  expect(web?.values.map(([time]) => time)).toEqual(web?.values.map(([time]) => time).toSorted((a, b) => a - b))
  const posted = await client.ask('POST', `${BASE}/query_range`, {
    body: String(new URLSearchParams(parameters)),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(posted.body).toEqual(asked.body)
})

test('a range of samples comes as they were scraped', async () => {
  const client = fleet()
  const { body } = await get(client, 'query', { query: `fly_instance_up{instance="${apiMachine(client).id}"}[1m]` })
  const [series] = Matrix.parse(body).data.result
  expect(series?.values.map(([time]) => VIRTUAL_START / 1_000 - time)).toEqual([45, 30, 15, 0])
})

test.each([
  ['1 + 1', { resultType: 'scalar', result: [VIRTUAL_START / 1_000, '2'] }],
  ['1 / 0', { resultType: 'scalar', result: [VIRTUAL_START / 1_000, '+Inf'] }],
  ['"so"', { resultType: 'string', result: [VIRTUAL_START / 1_000, 'so'] }],
  ['nothing', { resultType: 'vector', result: [] }],
])('%s is answered in its own type', async (query, data) => {
  expect((await get(fleet(), 'query', { query })).body).toEqual({ status: 'success', data })
})

test('a rate without a window has one', async () => {
  const client = fleet()
  const [implied, written] = [
    await one(client, 'sum(rate(fly_edge_data_out{app="acme-api"}))'),
    await one(client, 'sum(rate(fly_edge_data_out{app="acme-api"}[1m]))'),
  ]
  expect(implied).toBe(written)
  expect(implied).toBeGreaterThan(0)
})

test.each([
  ['query', { query: 'sum(' }, 400, 'bad_data'],
  ['query', { query: 'up{a=~"("}' }, 400, 'bad_data'],
  ['query', {}, 400, 'bad_data'],
  ['query', { query: 'sum(fly_instance_up[5m])' }, 400, 'bad_data'],
  ['query', { query: 'fly_instance_up', time: 'now' }, 400, 'bad_data'],
  ['query', { query: 'predict_linear(fly_instance_up[5m], 60)' }, 422, 'execution'],
  ['query', { query: 'count_values("v", fly_instance_up)' }, 422, 'execution'],
  ['query', { query: 'fly_instance_up / on(app) fly_instance_up' }, 422, 'execution'],
  ['query_range', { query: 'fly_instance_up', start: '0', end: '11002', step: '1' }, 400, 'bad_data'],
  ['query_range', { query: 'fly_instance_up', start: '10', end: '0', step: '1' }, 400, 'bad_data'],
  ['query_range', { query: 'fly_instance_up', start: '0', end: '10', step: '0' }, 400, 'bad_data'],
  ['query_range', { query: 'fly_instance_up', start: '0', end: '10' }, 400, 'bad_data'],
  ['query_range', { query: 'fly_instance_up[1m]', start: '0', end: '10', step: '1' }, 400, 'bad_data'],
  ['series', {}, 400, 'bad_data'],
])('%s with %j is refused with %d %s', async (path, parameters, status, errorType) => {
  const reply = await get(fleet(), path, { ...parameters })
  expect(reply).toMatchObject({ status, body: { status: 'error', errorType, error: expect.stringMatching(/./) } })
})

test('series, labels and their values are listed, all or those that match', async () => {
  const client = fleet()
  const list = async (path: string, parameters = {}) => List.parse((await get(client, path, parameters)).body).data
  expect(await list('labels')).toEqual(
    expect.arrayContaining(['__name__', 'app', 'host', 'instance', 'mode', 'region']),
  )
  expect(await list('labels', { 'match[]': 'fly_volume_size_bytes' })).toEqual([
    '__name__',
    'app',
    'host',
    'id',
    'region',
  ])
  expect(await list('label/mode/values')).toContain('softirq')
  expect(await list('label/app/values', { 'match[]': 'fly_instance_up' })).toContain('acme-api')
  expect(await list('label/__name__/values')).toContain('fly_instance_up')
  expect(await list('series', { 'match[]': 'fly_instance_load_average{app="acme-api"}' })).toEqual(
    expect.arrayContaining([expect.objectContaining({ minutes: '15', app: 'acme-api' })]),
  )
  expect((await get(client, 'status/tsdb')).body).toMatchObject({
    status: 'success',
    data: { totalSeries: expect.any(Number), seriesCountByMetricName: expect.arrayContaining([]) },
  })
})

test('another Prometheus can read the newest samples as text', async () => {
  const client = fleet()
  const { body, headers } = await client.ask('GET', '/prometheus/acme-workspaces/federate?match[]=fly_instance_up')
  expect(headers.get('content-type')).toContain('text/plain')
  expect(String(body).split('\n')[0]).toMatch(/^fly_instance_up\{app=".+",instance="\w+"\} 1 \d{13}$/)
})

const up = `${BASE}/query?query=fly_instance_up`
test.each([
  ['user', 'Bearer', 200],
  ['user', 'FlyV1', 401],
  ['org', 'FlyV1', 200],
  ['readonly', 'FlyV1', 200],
  ['org', 'Bearer', 401],
  ['org', 'Bearer FlyV1', 401],
  ['deploy', 'FlyV1', 403],
  ['revoked', 'Bearer', 401],
] as const)('a %s token under %s gets %d', async (kind, scheme, status) => {
  const { ask: send, addresses } = fleet()
  const headers = { authorization: `${scheme} ${addresses.tokens[kind]}` }
  expect((await send('GET', up, { headers })).status).toBe(status)
})

test('a token of one organization reads no other, and nobody one that does not exist', async () => {
  const { ask: send, addresses } = fleet()
  const other = '/prometheus/acme-staging/api/v1/query?query=fly_instance_up'
  expect((await send('GET', other, { token: addresses.tokens.org })).status).toBe(403)
  expect((await send('GET', other)).status).toBe(200)
  expect((await send('GET', other.replace('acme-staging', 'personal'))).status).toBe(200)
  expect((await send('GET', other.replace('acme-staging', 'nobody'))).status).toBe(404)
})

test('over a real connection it is the same', async () => {
  const client = await simulator()
  expect(await one(client, 'count(fly_instance_up)')).toBeGreaterThan(10)
})
