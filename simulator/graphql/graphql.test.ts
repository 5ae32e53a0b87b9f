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
