import { getIntrospectionQuery } from 'graphql'
import { expect, test } from 'vitest'
import { simulator } from '../test/client.ts'

test('a user sees both organizations, an org token is a macaroon and sees one', async () => {
  const { ask, addresses } = await simulator()
  const query =
    'query Who { viewer { __typename email ... on User { id } } organizations(first: 50) { nodes { slug rawSlug } pageInfo { hasNextPage } } }'
  const user = await ask('POST', '/graphql', { body: { query, operationName: 'Who' } })
  expect(user.body).toMatchObject({
    data: {
      viewer: { __typename: 'User', id: 'usr_1001' },
      organizations: { nodes: [{ rawSlug: 'acme-workspaces' }, { slug: 'personal', rawSlug: 'acme-staging' }] },
    },
  })
  const org = await ask('POST', '/graphql', { body: { query }, token: addresses.tokens.org })
  expect(org.body).toMatchObject({
    data: { viewer: { __typename: 'Macaroon' }, organizations: { nodes: [{ rawSlug: 'acme-workspaces' }] } },
  })
  expect(org.body).not.toHaveProperty('errors')
})

test('queries are parsed against the schema, not matched by their text', async () => {
  const { ask } = await simulator()
  const body = {
    query:
      '{ mine: app(name: "acme-docs") { n: name image(ref: "registry.fly.io/acme-docs:latest") { digest compressedSize: compressedSizeFull } } }',
  }
  expect((await ask('POST', '/graphql', { body })).body).toMatchObject({
    data: {
      mine: {
        n: 'acme-docs',
        image: { digest: expect.stringMatching(/^sha256:/), compressedSize: expect.stringMatching(/^\d+$/) },
      },
    },
  })
  const wrong = await ask('POST', '/graphql', { body: { query: '{ app(name: "acme-docs") { colour } }' } })
  expect(wrong).toMatchObject({ status: 200, body: { errors: [{ message: expect.stringContaining('colour') }] } })
})

test('apps come page by page', async () => {
  const { ask } = await simulator()
  const query =
    'query($after: String) { apps(first: 5, after: $after) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }'
  const first = await ask('POST', '/graphql', { body: { query } })
  expect(first.body).toMatchObject({ data: { apps: { totalCount: 14, pageInfo: { hasNextPage: true } } } })
})

test('a token made here works at once and dies when it is revoked', async () => {
  const { ask } = await simulator()
  const input = {
    name: 'ci',
    organizationId: 'org_acme_workspaces',
    profile: 'deploy',
    profileParams: { app_id: 'acme-web' },
    expiry: '48h',
  }
  const create =
    'mutation($input: CreateLimitedAccessTokenInput!) { createLimitedAccessToken(input: $input) { limitedAccessToken { id tokenHeader } } }'
  const made = await ask('POST', '/graphql', { body: { query: create, variables: { input } } })
  const [, id = '', header = ''] = /"id":"(\w+)","tokenHeader":"([^"]+)"/.exec(JSON.stringify(made.body)) ?? []
  const status = async (app: string) =>
    (await ask('GET', `/v1/apps/${app}`, { headers: { authorization: header } })).status
  expect(await status('acme-web')).toBe(200)
  expect(await status('acme-api')).toBe(403)
  const revoke = 'mutation($id: ID) { deleteLimitedAccessToken(input: { id: $id }) { token } }'
  await ask('POST', '/graphql', { body: { query: revoke, variables: { id } } })
  expect(await status('acme-web')).toBe(401)
})

test('a read-only token may ask and may not change', async () => {
  const { ask, addresses } = await simulator()
  const token = addresses.tokens.readonly
  const query =
    'mutation { setSecrets(input: { appId: "acme-web", secrets: [{ key: "A", value: "b" }] }) { app { name } } }'
  expect((await ask('POST', '/graphql', { body: { query: '{ viewer { email } }' }, token })).body).not.toHaveProperty(
    'errors',
  )
  expect((await ask('POST', '/graphql', { body: { query }, token })).body).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHORIZED' } }],
  })
})

test('a revoked token is refused in the shape of GraphQL', async () => {
  const { ask, addresses } = await simulator()
  const answer = await ask('POST', '/graphql', {
    body: { query: '{ viewer { email } }' },
    token: addresses.tokens.revoked,
  })
  expect(answer).toMatchObject({
    status: 200,
    body: { data: null, errors: [{ message: 'You must be authenticated to view this.' }] },
  })
})

test('data that is there comes beside the error for what is not', async () => {
  const { ask } = await simulator()
  const query = '{ here: app(name: "acme-web") { name } gone: app(name: "no-such-app") { name } }'
  expect((await ask('POST', '/graphql', { body: { query } })).body).toEqual({
    data: { here: { name: 'acme-web' }, gone: null },
    errors: [{ message: 'Could not find App', path: ['gone'], extensions: { code: 'NOT_FOUND' } }],
  })
})

test('peers stay until they are removed, and no name is there twice', async () => {
  const { ask } = await simulator()
  const send = async (query: string) => (await ask('POST', '/graphql', { body: { query } })).body
  const pubkey = Buffer.alloc(32, 9).toString('base64')
  const add = `mutation { addWireGuardPeer(input: { organizationId: "personal", name: "desk", pubkey: "${pubkey}", region: "ams" }) { peerip } }`
  const made = JSON.stringify(await send(add))
  const [, ip = ''] = /"peerip":"([^"]+)"/.exec(made) ?? []
  expect(await send(add)).toMatchObject({ errors: [{ extensions: { code: 'UNPROCESSABLE' } }] })
  expect(
    await send('{ organization(slug: "personal") { wireGuardPeers { nodes { name pubkey region } } } }'),
  ).toMatchObject({
    data: { organization: { wireGuardPeers: { nodes: [{ name: 'desk', pubkey, region: 'ams' }] } } },
  })
  const validate = `mutation { validateWireGuardPeers(input: { peerIps: ["${ip}", "fdaa::9"] }) { validPeerIps invalidPeerIps } }`
  const valid = { data: { validateWireGuardPeers: { validPeerIps: [ip], invalidPeerIps: ['fdaa::9'] } } }
  expect(await send(validate)).toMatchObject(valid)
  await send(
    'mutation { removeWireGuardPeer(input: { organizationId: "personal", name: "desk" }) { organization { id } } }',
  )
  expect(await send(validate)).toMatchObject({ data: { validateWireGuardPeers: { validPeerIps: [] } } })
})

test('an app is locked by one at a time, moves to another organization, and takes its tokens along', async () => {
  const { ask } = await simulator()
  const send = async (query: string) => JSON.stringify((await ask('POST', '/graphql', { body: { query } })).body)
  const lock = 'mutation { lockApp(input: { appId: "acme-docs" }) { lockId expiration } }'
  const [, id = ''] = /"lockId":"(\w+)"/.exec(await send(lock)) ?? []
  expect(await send(lock)).toContain('locked already')
  expect(await send('{ app(name: "acme-docs") { currentLock { lockId } } }')).toContain(id)
  await send(`mutation { unlockApp(input: { appId: "acme-docs", lockId: "${id}" }) { app { name } } }`)
  expect(await send('{ app(name: "acme-docs") { currentLock { lockId } } }')).toContain('"currentLock":null')
  const move =
    'mutation { moveApp(input: { appId: "acme-docs", organizationId: "personal" }) { app { organization { slug } } } }'
  expect(await send(move)).toContain('"slug":"personal"')
  expect((await ask('GET', '/v1/apps/acme-docs')).body).toMatchObject({ organization: { slug: 'personal' } })
})

test('organizations are made, joined by invitation only, and deleted when they are empty', async () => {
  const { ask } = await simulator()
  const send = async (query: string) => JSON.stringify((await ask('POST', '/graphql', { body: { query } })).body)
  expect(
    await send('mutation { createOrganization(input: { name: "New Ones" }) { organization { slug } } }'),
  ).toContain('new-ones')
  const invite =
    'mutation { createOrganizationInvitation(input: { organizationId: "new-ones", email: "b@hangar.example" }) { invitation { id } } }'
  expect(await send(invite)).toContain('"id":"oi_')
  const look = `{ organization(slug: "new-ones") { viewerRole billingStatus members { edges { role node { email } } }
    invitations { nodes { email redeemed inviter { email } } } } }`
  const seen = await send(look)
  expect(seen).toContain('"role":"ADMIN","node":{"email":"usr_1001@hangar.example"}')
  expect(seen).toContain('"email":"b@hangar.example","redeemed":false')
  expect(
    await send(
      'mutation { deleteOrganization(input: { organizationId: "acme-workspaces" }) { deletedOrganizationId } }',
    ),
  ).toContain('still has apps')
  await send('mutation { deleteOrganization(input: { organizationId: "new-ones" }) { deletedOrganizationId } }')
  expect(await send(look)).toContain('Could not find Organization')
})

test('prices are those of the price list', async () => {
  const { ask } = await simulator()
  const query = '{ platform { vmSizes { name memoryMb priceMonth } } products { name tiers { unitAmount upTo } } }'
  const text = JSON.stringify((await ask('POST', '/graphql', { body: { query } })).body)
  expect(text).toContain('{"name":"shared-cpu-1x","memoryMb":256,"priceMonth":2.19}')
  expect(text).toContain('{"name":"performance-1x","memoryMb":2048,"priceMonth":33}')
  expect(text).toContain('{"name":"volume","tiers":[{"unitAmount":"0.15","upTo":null}]}')
  expect(text).toContain(
    '{"name":"volume snapshots","tiers":[{"unitAmount":"0","upTo":"10"},{"unitAmount":"0.08","upTo":null}]}',
  )
})

test('usage tells how long the machines of an app ran, and nothing for an app without any', async () => {
  const { ask } = await simulator()
  const query = '{ app(name: "acme-web") { usage { interval totalAppExecS requestsCount totalDataOutGB } } }'
  const { body } = await ask('POST', '/graphql', { body: { query } })
  expect(body).toMatchObject({
    data: { app: { usage: [{ interval: 'hour' }, { interval: 'day' }, { interval: 'month' }] } },
  })
  expect(JSON.stringify(body)).toMatch(/"interval":"day","totalAppExecS":[1-9]\d+,"requestsCount":[1-9]/)
  await ask('POST', '/v1/apps?wait=true', { body: { name: 'idle-app', org_slug: 'personal' } })
  const idle = await ask('POST', '/graphql', { body: { query: query.replace('acme-web', 'idle-app') } })
  expect(JSON.stringify(idle.body)).toContain(
    '"interval":"month","totalAppExecS":0,"requestsCount":0,"totalDataOutGB":0',
  )
})

test('a host that is lost is an issue of the apps that have machines there', async () => {
  const client = await simulator()
  const [machine] = client.world.apps.get('acme-web')?.machines ?? []
  await client.control('host', { machine, status: 'unreachable' })
  const query = '{ app(name: "acme-web") { hostIssues { nodes { internalId message resolvedAt } } } }'
  expect((await client.ask('POST', '/graphql', { body: { query } })).body).toMatchObject({
    data: { app: { hostIssues: { nodes: [{ internalId: `host-${machine}`, resolvedAt: null }] } } },
  })
})

test('the schema can be looked into, and questions that go round in circles are refused', async () => {
  const { ask } = await simulator()
  const look = await ask('POST', '/graphql', { body: { query: getIntrospectionQuery() } })
  expect(look.body).not.toHaveProperty('errors')
  expect(look.body).toMatchObject({ data: { __schema: { queryType: { name: 'Queries' } } } })
  const round = (times: number): string =>
    times === 0 ? 'name' : `organization { apps { nodes { ${round(times - 1)} } } }`
  const query = `{ apps { nodes { ...Round } } } fragment Round on App { ${round(5)} }`
  expect((await ask('POST', '/graphql', { body: { query } })).body).toMatchObject({
    errors: [{ message: 'Query has depth of 18, which exceeds max depth of 15' }],
  })
})
