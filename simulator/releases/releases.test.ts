import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulatorInProcess } from '../test/client.ts'

const APP = 'acme-docs'
const IMAGE = `registry.fly.io/${APP}:latest`
const Created = z.object({ release: z.looseObject({ id: z.string(), version: z.number() }) })

async function release({ ask }: Client) {
  const body = { app_name: APP, image: IMAGE, strategy: 'CANARY', definition: { app: APP } }
  return Created.parse((await ask('POST', '/api/v1/releases', { body })).body).release
}

test('a release runs, ends once, and goes nowhere else', async () => {
  const client = simulatorInProcess()
  const { id, version } = await release(client)
  const mark = async (status: string) =>
    (await client.ask('PATCH', `/api/v1/releases/${id}`, { body: { status } })).status
  expect(await mark('complete')).toBe(422)
  expect(await mark('running')).toBe(200)
  expect(await mark('running')).toBe(200)
  expect(await mark('pending')).toBe(422)
  expect(await mark('failed')).toBe(200)
  for (const status of ['running', 'complete', 'interrupted']) expect(await mark(status)).toBe(422)
  expect(await mark('deployed')).toBe(400)
  const { body } = await client.ask('GET', `/api/v1/apps/${APP}/releases?limit=1`)
  expect(body).toMatchObject({
    releases: [
      { id, version, status: 'failed', stable: false, in_progress: false, strategy: 'CANARY', image_ref: IMAGE },
    ],
  })
})

test('what is noted at the end of a release is kept', async () => {
  const client = simulatorInProcess()
  const { id } = await release(client)
  const path = `/api/v1/releases/${id}`
  const metadata = { post_deployment_info: { flyctl_version: '0.4.87', error: 'no' } }
  await client.ask('PATCH', path, { body: { status: 'running' } })
  expect((await client.ask('PATCH', path, { body: { status: 'failed', metadata } })).body).toMatchObject({ metadata })
  expect((await client.ask('PATCH', path, { body: { metadata: null } })).body).toMatchObject({ metadata })
})

test('the last release of every app is told with its time, for the apps one may see', async () => {
  const { ask, addresses } = simulatorInProcess()
  const times = async (token: string) =>
    Object.keys(
      z.record(z.string(), z.iso.datetime()).parse((await ask('GET', '/api/v1/releases/all_current', { token })).body),
    )
  expect(await times(addresses.tokens.deploy)).toContain('acme-api')
  expect(await times(addresses.tokens.deploy)).not.toContain('acme-web')
  expect((await times(addresses.tokens.user)).length).toBeGreaterThan(5)
})

test('over GraphQL releases come page by page and by status', async () => {
  const { ask } = simulatorInProcess()
  const query = `query($after: String, $status: String) { app(name: "acme-api") {
    releasesUnprocessed(first: 2, after: $after, status: $status) { nodes { version status } totalCount pageInfo { hasNextPage endCursor } } } }`
  const Page = z.object({
    data: z.object({
      app: z.object({
        releasesUnprocessed: z.object({
          nodes: z.array(z.object({ version: z.number(), status: z.string() })),
          totalCount: z.number(),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        }),
      }),
    }),
  })
  const page = async (variables: Record<string, unknown>) =>
    Page.parse((await ask('POST', '/graphql', { body: { query, variables } })).body).data.app.releasesUnprocessed
  const first = await page({})
  expect(first).toMatchObject({
    nodes: [{ version: 5 }, { version: 4 }],
    totalCount: 5,
    pageInfo: { hasNextPage: true },
  })
  expect((await page({ after: first.pageInfo.endCursor })).nodes.map(({ version }) => version)).toEqual([3, 2])
  expect(await page({ status: 'failed' })).toMatchObject({ nodes: [{ version: 4, status: 'failed' }], totalCount: 1 })
})

test('a build ends once, and keeps what was tried, how long it took and what was printed', async () => {
  const { ask, world } = simulatorInProcess()
  const body = { app_name: APP, builder_type: 'remote', strategies_available: ['Buildpacks', 'Dockerfile'] }
  const { id } = z.looseObject({ id: z.int() }).parse((await ask('POST', '/api/v1/builds', { body })).body)
  const attempts = [{ strategy: 'Dockerfile', result: 'failed', error: 'exit code: 1', note: '' }]
  const timings = { build_and_push_ms: 900, build_ms: 700, push_ms: 200 }
  const end = {
    build_id: id,
    app_name: APP,
    machine_id: '',
    status: 'failed',
    strategies_attempted: attempts,
    timings,
    logs: 'no such file',
  }
  const finish = (change: Record<string, unknown>) =>
    ask('POST', '/api/v1/builds/finish', { body: { ...end, ...change } })
  expect((await finish({ status: 'exploded' })).status).toBe(422)
  expect((await finish({ app_name: 'acme-web' })).status).toBe(404)
  expect(await finish({})).toMatchObject({
    status: 200,
    body: { id, status: 'failed', wallclock_time_ms: expect.any(Number) },
  })
  expect((await finish({})).status).toBe(422)
  expect(world.builds.get(String(id))).toMatchObject({ strategiesAttempted: attempts, timings, logs: 'no such file' })
  const query = `{ app(name: "${APP}") { builds(first: 1) { nodes { id status failed succeeded inProgress logs createdBy { email } } } } }`
  expect((await ask('POST', '/graphql', { body: { query } })).body).toMatchObject({
    data: {
      app: {
        builds: { nodes: [{ id: String(id), status: 'failed', failed: true, succeeded: false, logs: 'no such file' }] },
      },
    },
  })
})

test('the builder of an organization is told and woken, and one that is not there is a 404', async () => {
  const { ask, world } = simulatorInProcess()
  const builders = (org: string) =>
    ask('POST', `/api/v1/organizations/${org}/builders`, { body: { builder: { region: 'fra' } } })
  const answer = await builders('acme-workspaces')
  expect(answer).toMatchObject({ status: 201, body: { data: { app_name: expect.stringMatching(/^fly-builder-/) } } })
  const { data } = z.looseObject({ data: z.object({ machine_id: z.string() }) }).parse(answer.body)
  expect(['starting', 'started']).toContain(world.machines.get(data.machine_id)?.state)
  expect((await builders('personal')).status).toBe(404)
})

test('Depot is given a build and a token for an app or an organization, and needs one of them', async () => {
  const { ask } = simulatorInProcess()
  const depot = (body: Record<string, unknown>) => ask('POST', '/api/v1/builds/depot_builder', { body })
  expect(await depot({ app_name: APP, region: 'fra', builder_scope: 'organization' })).toMatchObject({
    status: 200,
    body: { build_id: expect.any(String), build_token: expect.any(String) },
  })
  expect((await depot({})).status).toBe(400)
  expect((await depot({ app_name: 'nothing-here' })).status).toBe(404)
})

test('outgoing addresses of a machine can be promoted to the app', async () => {
  const client = simulatorInProcess()
  const { ask, world } = client
  const [machine] = world.apps.get('acme-web')?.machines ?? []
  const allocate = `mutation { allocateEgressIpAddress(input: { appId: "acme-web", machineId: "${machine}" }) { v4 v6 } }`
  const Pair = z.object({ data: z.object({ allocateEgressIpAddress: z.object({ v4: z.string(), v6: z.string() }) }) })
  const { v4, v6 } = Pair.parse((await ask('POST', '/graphql', { body: { query: allocate } })).body).data
    .allocateEgressIpAddress
  const promote = async () => (await ask('POST', `/api/v1/apps/acme-web/egress_ips/${v4}/promote`)).status
  expect(await promote()).toBe(204)
  expect(await promote()).toBe(422)
  const query = '{ app(name: "acme-web") { egressIpAddresses { nodes { ip } } } }'
  const text = JSON.stringify((await ask('POST', '/graphql', { body: { query } })).body)
  for (const ip of [v4, v6]) expect(text).toContain(`"${ip}"`)
})

test('organizations are told in the words of flyctl', async () => {
  const { ask, addresses } = simulatorInProcess()
  expect((await ask('GET', '/api/v1/organizations?admin=false')).body).toMatchObject({
    organizations: [
      { slug: 'acme-workspaces', raw_slug: 'acme-workspaces', billing_status: 'CURRENT', internal_numeric_id: 880_112 },
      { slug: 'personal', raw_slug: 'acme-staging', personal: true },
    ],
  })
  expect((await ask('GET', '/api/v1/organizations/personal')).body).toMatchObject({
    organization: { slug: 'personal', raw_slug: 'acme-staging' },
  })
  expect((await ask('GET', '/api/v1/organizations/nothing')).status).toBe(404)
  const { org } = addresses.tokens
  expect((await ask('GET', '/api/v1/organizations/personal', { token: org })).status).toBe(403)
})
