import fc from 'fast-check'
import { expect, test } from 'vitest'
import { getApp, listApps } from './apps.ts'
import type { FlyClient } from './client.ts'
import { getLease } from './leases.ts'
import { getMachine, listMachines } from './machines.ts'
import { orgMachinePages } from './org-lists.ts'
import { listRegions } from './regions.ts'
import { listVolumes } from './volumes.ts'

const signal = AbortSignal.timeout(10_000)

/** A client that answers with these bodies, one after the other, and keeps what it was asked. */
function answering(...bodies: unknown[]) {
  const asked: string[] = []
  const fly: FlyClient = async (request) => {
    asked.push(`${request.path} ${JSON.stringify(request.query ?? {})}`)
    return request.schema.parse(bodies.shift())
  }
  return { fly, asked }
}

const machine = {
  id: 'm1',
  name: 'one',
  state: 'started',
  region: 'fra',
  instance_id: '01A',
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-02T00:00:00.123456789Z',
  host_status: 'ok',
  image_ref: { registry: 'registry.fly.io', repository: 'shop', tag: 'v1', digest: 'sha256:ab', labels: {} },
  config: {
    image: 'registry.fly.io/shop:v1',
    guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
    env: { USER_ID: 'usr_1' },
    metadata: { role: 'workspace' },
    mounts: [{ volume: 'vol_1', path: '/data' }],
    services: [{ autostop: false, ports: [{ port: 443, handlers: ['tls', 'http'] }] }],
    restart: { policy: 'on-failure' },
  },
  events: [
    {
      id: 'e1',
      type: 'exit',
      status: 'stopped',
      source: 'flyd',
      timestamp: 5,
      request: { MonitorEvent: { exit_event: { exit_code: 3 } } },
    },
  ],
  checks: [
    { name: 'bg_deployments_compat', status: 'passing' },
    { name: 'http', status: 'passing', output: 'ok' },
  ],
}

test('a machine is read with everything the app shows', async () => {
  const read = await getMachine(answering(machine).fly, { app: 'shop', id: 'm1', signal })
  expect(read).toMatchObject({
    app: 'shop',
    image: { repository: 'registry.fly.io/shop', digest: 'sha256:ab' },
    config: { isPublic: true, restartPolicy: 'on-failure', autoDestroy: false, mounts: [{ volumeId: 'vol_1' }] },
    events: [{ exit: { exitCode: 3 } }],
    checks: [{ name: 'http' }],
  })
  expect(new Date(read.updatedAt).toISOString()).toBe('2026-11-02T00:00:00.123Z')
})

test('a host that does not answer leaves a machine without configuration', async () => {
  const { config: _, ...rest } = machine
  const read = await getMachine(answering({ ...rest, host_status: 'unreachable' }).fly, {
    app: 'shop',
    id: 'm1',
    signal,
  })
  expect(read).toMatchObject({ hostStatus: 'unreachable', image: { digest: 'sha256:ab' } })
  expect(read.config).toBeUndefined()
})

test('one machine that cannot be read does not hide the others, and null is an empty list', async () => {
  const list = await listMachines(answering([{ nonsense: true }, machine]).fly, { app: 'shop', signal })
  expect(list.map(({ id }) => id)).toEqual(['m1'])
  expect(await listMachines(answering(null).fly, { app: 'shop', signal })).toEqual([])
})

test('whatever optional parts of a machine turn into, it is still read', async () => {
  const optional = fc.constantFrom(
    'config',
    'events',
    'checks',
    'image_ref',
    'host_status',
    'updated_at',
    'instance_id',
  )
  await fc.assert(
    fc.asyncProperty(fc.dictionary(optional, fc.jsonValue()), async (odd) => {
      const read = await getMachine(answering({ ...machine, ...odd }).fly, { app: 'shop', id: 'm1', signal })
      expect(read.id).toBe('m1')
    }),
  )
})

test('an organization is read to its last page, through empty ones', async () => {
  const { fly, asked } = answering(
    { machines: [{ ...machine, app_name: 'shop' }], next_cursor: 'a' },
    { machines: [], next_cursor: 'b', error_regions: ['fra'] },
    { machines: null, next_cursor: '', last_updated_at: '2026-11-02T00:00:00Z' },
  )
  const pages = []
  for await (const page of orgMachinePages(fly, { org: 'acme', updatedAfter: 0, signal })) pages.push(page)
  expect(pages.map(({ items }) => items.length)).toEqual([1, 0, 0])
  expect(pages[1]?.errorRegions).toEqual(['fra'])
  expect(asked[0]).toContain('"updated_after":"1970-01-01T00:00:00.000Z"')
  expect(asked[0]).toContain('"include_deleted":true')
  expect(asked[2]).toContain('"cursor":"b"')
})

test('a cursor that comes round again ends the list', async () => {
  const page = { machines: [], next_cursor: 'a' }
  let count = 0
  for await (const _ of orgMachinePages(answering(page, page, page).fly, { org: 'acme', signal })) count += 1
  expect(count).toBe(2)
})

test('regions are found under either spelling of their key', async () => {
  const region = { code: 'fra', name: 'Frankfurt', capacity: 12 }
  expect(await listRegions(answering({ Regions: [region] }).fly, { signal })).toEqual([
    { ...region, deprecated: false },
  ])
  expect(await listRegions(answering({ regions: [region], nearest: 'fra' }).fly, { signal })).toHaveLength(1)
})

test('a lease is read wrapped and flat', async () => {
  const lease = { nonce: 'n', owner: 'ci-7', expires_at: 17, description: 'deploy', version: '1' }
  const read = { nonce: 'n', owner: 'ci-7', expiresAt: 17, description: 'deploy' }
  const target = { app: 'shop', id: 'm1', signal }
  expect(await getLease(answering({ status: 'success', data: lease }).fly, target)).toEqual(read)
  expect(await getLease(answering(lease).fly, target)).toEqual(read)
})

test('apps carry the organization they were asked for, where Fly says personal', async () => {
  const app = { name: 'shop', status: 'deployed', network: 'default', organization: { slug: 'personal' } }
  expect((await listApps(answering({ apps: [app] }).fly, { org: 'acme', signal }))[0]?.org).toBe('acme')
  expect((await getApp(answering(app).fly, { app: 'shop', signal })).org).toBe('personal')
})

test('an unmounted volume has no use that is known', async () => {
  const volume = {
    id: 'vol_1',
    name: 'data',
    state: 'created',
    region: 'fra',
    size_gb: 3,
    bytes_used: 0,
    attached_machine_id: null,
  }
  const [read] = await listVolumes(answering([volume]).fly, { app: 'shop', signal })
  expect(read).toMatchObject({ sizeGb: 3, bytesUsed: undefined, attachedMachineId: undefined, encrypted: true })
})
