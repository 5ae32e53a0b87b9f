import { expect, test } from 'vitest'
import { simulator } from '../test/client.ts'

const MACHINE = 'id name config state region createdAt app { name } ips { nodes { ip } } host { id }'

/** What the commands of flyctl ask for, by command; in our own words, as GraphQL asks for fields and not for texts. */
const ASKED: [string, string][] = [
  ['status', 'app(name: "acme-web") { cnameTarget network appUrl internalNumericId role { name } }'],
  [
    'apps destroy',
    `app(name: "acme-web") {
      version config { definition } imageDetails { repository tag version }
      services { description protocol internalPort ports { port handlers } }
      currentRelease { evaluationId status inProgress version } machines { nodes { ${MACHINE} } }
    }`,
  ],
  [
    'destroying an app',
    'organization(slug: "personal") { addOns(type: tigris) { nodes { name addOnPlan { name } } } }',
  ],
  ['machine run', 'app(name: "acme-web") { egressIpAddresses { nodes { id ip version region updatedAt } } }'],
  ['ips list', 'app(name: "acme-web") { machines { nodes { egressIpAddresses { nodes { ip } } } } }'],
  ['volumes create', 'nearestRegion(wireguardGateway: true) { code } platform { regions { code gatewayAvailable } }'],
  ['tokens list', 'app(name: "acme-web") { limitedAccessTokens { nodes { id token expiresAt user { email } } } }'],
  ['certs show', 'app(name: "acme-web") { certificate(hostname: "none.example") { source isApex check } }'],
  [
    'extensions',
    'app(name: "acme-web") { organization { addOnSsoLink provisionsBetaExtensions } addOns { nodes { id } } }',
  ],
  ['wireguard list', 'organization(slug: "personal") { wireGuardPeers { nodes { id name peerip region } } }'],
]

test.each(ASKED)('%s gets every field it asks for', async (_command, fields) => {
  const { ask } = await simulator()
  const { body } = await ask('POST', '/graphql', { body: { query: `{ ${fields} }` } })
  expect(body).not.toHaveProperty('errors')
  expect(body).toHaveProperty('data')
})

test('numbers of apps are numbers, numbers of organizations are text', async () => {
  const { ask } = await simulator()
  const query = '{ app(name: "acme-web") { internalNumericId organization { internalNumericId } } }'
  expect((await ask('POST', '/graphql', { body: { query } })).body).toMatchObject({
    data: {
      app: { internalNumericId: expect.any(Number), organization: { internalNumericId: expect.any(String) } },
    },
  })
})

test('an app made over GraphQL is there at once, and can be removed again', async () => {
  const { ask } = await simulator({ delayScale: 1 })
  const create = 'mutation($input: CreateAppInput!) { createApp(input: $input) { app { name network } } }'
  const input = { organizationId: 'personal', name: 'made-here', network: 'made-net' }
  const made = await ask('POST', '/graphql', { body: { query: create, variables: { input } } })
  expect(made.body).toMatchObject({ data: { createApp: { app: { name: 'made-here', network: 'made-net' } } } })
  expect((await ask('GET', '/v1/apps/made-here')).status).toBe(200)
  const remove = 'mutation { deleteApp(appId: "made-here") { organization { slug } } }'
  expect((await ask('POST', '/graphql', { body: { query: remove } })).body).toMatchObject({
    data: { deleteApp: { organization: { slug: 'personal' } } },
  })
  expect((await ask('GET', '/v1/apps/made-here')).status).toBe(404)
})

test('outgoing addresses belong to a machine or to a region, until they are released', async () => {
  const { ask } = await simulator()
  const send = async (query: string) => (await ask('POST', '/graphql', { body: { query } })).body
  const input = '{ appId: "acme-web", region: "fra" }'
  const made = await send(`mutation { allocateEgressIpAddress(input: ${input}) { v4 v6 } }`)
  expect(made).toMatchObject({ data: { allocateEgressIpAddress: { v4: expect.stringMatching(/^[\d.]+$/) } } })
  const [ip = ''] = /[\d]+\.[\d.]+/.exec(JSON.stringify(made)) ?? []
  const list = '{ app(name: "acme-web") { egressIpAddresses { nodes { ip version region } } } }'
  expect(JSON.stringify(await send(list))).toContain(`{"ip":"${ip}","version":4,"region":"fra"}`)
  await send(`mutation { releaseEgressIpAddress(input: { appId: "acme-web", ip: "${ip}" }) { v4 clientMutationId } }`)
  expect(JSON.stringify(await send(list))).not.toContain(`"${ip}"`)
})
