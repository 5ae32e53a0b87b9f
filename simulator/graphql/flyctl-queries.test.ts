import { expect, test } from 'vitest'
import { simulator } from '../test/client.ts'

const MACHINE = 'id name config state region createdAt app { name } ips { nodes { family kind ip } } host { id }'
const EGRESS = 'egressIpAddresses { nodes { id ip version region updatedAt } }'
const TOKENS = 'limitedAccessTokens { nodes { id name token expiresAt revokedAt user { email } } }'

/** What the commands of flyctl ask for, by command; in our own words, as GraphQL asks for fields and not for texts. */
const ASKED: [string, string][] = [
  ['auth whoami', 'viewer { ... on User { id email enablePaidHobby } ... on Macaroon { email } }'],
  [
    'orgs list',
    `organizations(admin: false) { nodes { id slug rawSlug name type paidPlan billable viewerRole internalNumericId } }`,
  ],
  [
    'orgs show',
    `organization(slug: "personal") { id internalNumericId slug name type viewerRole
      invitations { nodes { id createdAt email redeemed inviter { email } } }
      members { edges { cursor node { id name email } joinedAt role } } }`,
  ],
  [
    'orgs replay-sources list',
    'organization(slug: "personal") { allowAllCrossNetworkReplays allowedReplaySourceOrgSlugs }',
  ],
  [
    'apps list',
    `apps(type: "container", first: 200, role: "") { pageInfo { hasNextPage endCursor } nodes {
      id name deployed hostname platformVersion network organization { slug name } currentRelease { createdAt status } status } }`,
  ],
  ['apps create', 'appNameAvailable(name: "free-name")'],
  [
    'status',
    `appcompact: app(name: "acme-web") { id internalNumericId name hostname cnameTarget deployed network status appUrl platformVersion
      organization { id internalNumericId slug paidPlan } postgresAppRole: role { name } }`,
  ],
  ['status --json', 'app(name: "acme-web") { currentRelease: currentReleaseUnprocessed { version } }'],
  [
    'apps destroy',
    `app(name: "acme-web") {
      version config { definition } imageDetails { repository tag version }
      services { description protocol internalPort ports { port handlers } }
      currentRelease { evaluationId status inProgress version } machines { nodes { ${MACHINE} } }
      ipAddresses { nodes { id address type createdAt } } postgresAppRole: role { name }
      limitedAccessTokens { nodes { id name expiresAt } }
    }`,
  ],
  [
    'destroying an app',
    `organization(slug: "personal") { addOns(type: tigris) { nodes { id name addOnPlan { displayName description }
      privateIp primaryRegion readRegions options metadata } } }`,
  ],
  [
    'releases',
    `app(name: "acme-web") { releases: releasesUnprocessed(first: 25) { nodes {
      id version description reason status imageRef stable user { id email name } createdAt } } }`,
  ],
  [
    'config save',
    'app(name: "acme-web") { currentReleaseUnprocessed { id version status description reason createdAt imageRef configDefinition } }',
  ],
  [
    'deploy --image',
    `app(name: "acme-docs") { id image(ref: "registry.fly.io/acme-docs:latest") {
      id digest ref compressedSize: compressedSizeFull manifest config configDigest createdAt } }`,
  ],
  ['deploy --strategy bluegreen', 'canPerformBluegreenDeployment(name: "acme-web")'],
  [
    'image show of Postgres',
    'latestImageDetails(image: "flyio/postgres-flex:15") { registry repository tag version digest }',
  ],
  ['machine run', `app(name: "acme-web") { network ${EGRESS} }`],
  [
    'ips list',
    `app(name: "acme-web") { sharedIpAddress machines { nodes { id ${EGRESS} } } ipAddresses { nodes {
      id address type region createdAt network { name organization { slug } } serviceName } } }`,
  ],
  [
    'volumes create',
    'nearestRegion(wireguardGateway: true) { code } platform { requestRegion regions { code name gatewayAvailable requiresPaidPlan } }',
  ],
  [
    'platform vm-sizes',
    'platform { vmSizes { name cpuCores memoryGb memoryMb priceMonth priceSecond memoryIncrementsMb maxMemoryMb } }',
  ],
  ['tokens list', `app(name: "acme-web") { ${TOKENS} } organization(slug: "acme-workspaces") { ${TOKENS} }`],
  [
    'certs show',
    'app(name: "acme-web") { certificate(hostname: "none.example") { source isApex check validationErrors { errorCode } } }',
  ],
  [
    'extensions',
    'app(name: "acme-web") { organization { addOnSsoLink extensionSsoLink(provider: "x") provisionsBetaExtensions } addOns { nodes { id } } }',
  ],
  [
    'wireguard list',
    'organization(slug: "personal") { wireGuardPeers { nodes { id name pubkey region peerip network } } }',
  ],
  ['wireguard token list', 'organization(slug: "personal") { delegatedWireGuardTokens { nodes { name } } }'],
  ['ssh log', 'organization(slug: "personal") { id loggedCertificates { nodes { root cert } } }'],
  [
    'dig',
    `app(name: "acme-web") { id name organization { slug } allocations(showCompleted: false) { id region privateIP }
      machines { nodes { state id region ips { nodes { kind family ip } } } } }`,
  ],
  [
    'incidents',
    'apphostissues: app(name: "acme-web") { hostIssues { nodes { internalId message createdAt updatedAt } } }',
  ],
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
