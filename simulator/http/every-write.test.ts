import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { schema } from '../graphql/schema.ts'
import { userNode } from '../graphql/user-node.ts'
import { sha256 } from '../registry/registry.test-client.ts'
import { routes } from '../routes.ts'
import { type Client, type Reply, simulatorInProcess } from '../test/client.ts'

const ORG = 'acme-workspaces'
const APP = 'acme-web'
const organizationId = 'org_acme_workspaces'
const PUBKEY = Buffer.alloc(32, 5).toString('base64')

const idIn = (body: unknown, name = 'id') => new RegExp(`"${name}":"?([\\w-]+)`).exec(JSON.stringify(body))?.[1] ?? ''

/** Fails unless a change of the ledger names the request. */
function expectTold({ world }: Client, { status, headers, body }: Reply, asked: string): void {
  expect(status, `${asked} → ${JSON.stringify(body)}`).toBeLessThan(400)
  const caused = world.effects.list().filter(({ request }) => request === headers.get('fly-request-id'))
  expect(caused, asked).not.toHaveLength(0)
}

/** In an order in which each works. */
function mutations({ world }: Client): [string, () => Record<string, unknown>][] {
  const app = { appId: APP }
  const slugs = { organizationSlug: ORG }
  const volume = () => [...(world.apps.get(ORG)?.volumes ?? [])][0]
  const newOrg = () => world.organizations.find(({ name }) => name === 'Brand New')?.id
  const leaver = () => userNode(world.people.members(ORG).find(({ role }) => role === 'MEMBER')?.email ?? '').id
  const definition = { app: APP }
  const build = { appName: APP, builderType: 'remote', strategiesAvailable: ['Dockerfile'] }
  const release = { ...app, definition, image: `registry.fly.io/${APP}:latest`, platformVersion: 'machines' }
  const token = { name: 'ci', organizationId, profile: 'deploy_organization', expiry: '1h' }
  const peer = { organizationId, name: 'laptop', pubkey: PUBKEY, region: 'fra' }
  const hostname = 'made.acme.example'
  return [
    ['createApp', () => ({ input: { organizationId, name: 'made-here' } })],
    ['moveApp', () => ({ input: { appId: 'made-here', organizationId: 'org_acme_staging' } })],
    ['deleteApp', () => ({ appId: 'made-here' })],
    ['lockApp', () => ({ input: app })],
    ['unlockApp', () => ({ input: { ...app, lockId: world.appLocks.of(world.apps.get(APP)?.id ?? '')?.id } })],
    ['setSecrets', () => ({ input: { ...app, secrets: [{ key: 'A', value: 'b' }] } })],
    ['unsetSecrets', () => ({ input: { ...app, keys: ['A'] } })],
    ['allocateIpAddress', () => ({ input: { ...app, type: 'v6' } })],
    ['releaseIpAddress', () => ({ input: { ...app, ip: world.apps.get(APP)?.ips[0]?.ip } })],
    ['allocateEgressIpAddress', () => ({ input: { ...app, region: 'fra' } })],
    [
      'releaseEgressIpAddress',
      () => ({ input: { ...app, ip: world.apps.get(APP)?.ips.find(({ type }) => type === 'egress_v4')?.ip } }),
    ],
    ['addCertificate', () => ({ ...app, hostname })],
    ['deleteCertificate', () => ({ ...app, hostname })],
    ['createVolumeSnapshot', () => ({ input: { volumeId: volume() } })],
    ['createBuild', () => ({ input: build })],
    ['finishBuild', () => ({ input: { buildId: [...world.builds.keys()].at(-1), appName: APP, status: 'completed' } })],
    ['createRelease', () => ({ input: { ...release, strategy: 'ROLLING' } })],
    ['updateRelease', () => ({ input: { releaseId: world.apps.get(APP)?.releases[0]?.id, status: 'running' } })],
    ['createOrganization', () => ({ input: { name: 'Brand New' } })],
    ['deleteOrganization', () => ({ input: { organizationId: newOrg() } })],
    ['createOrganizationInvitation', () => ({ input: { organizationId, email: 'new@acme.example' } })],
    ['deleteOrganizationInvitation', () => ({ input: { invitationId: world.people.invitations.at(-1)?.id } })],
    ['deleteOrganizationMembership', () => ({ input: { organizationId, userId: leaver() } })],
    ['setAllowAllCrossNetworkReplays', () => ({ input: { ...slugs, allow: true } })],
    ['addAllowedReplaySourceOrgs', () => ({ input: { ...slugs, allowedOrgSlugs: ['personal'] } })],
    ['removeAllowedReplaySourceOrgs', () => ({ input: { ...slugs, orgSlugsToRemove: ['personal'] } })],
    ['createLimitedAccessToken', () => ({ input: token })],
    ['deleteLimitedAccessToken', () => ({ input: { id: world.tokens.issued().at(-1)?.id } })],
    ['issueCertificate', () => ({ input: { organizationId, appNames: [APP] } })],
    ['addWireGuardPeer', () => ({ input: peer })],
    ['removeWireGuardPeer', () => ({ input: { organizationId, name: 'laptop' } })],
    ['createDelegatedWireGuardToken', () => ({ input: { organizationId, name: 'laptops' } })],
    ['deleteDelegatedWireGuardToken', () => ({ input: { organizationId, name: 'laptops' } })],
    ['logOut', () => ({ input: {} })],
  ]
}

/** They look, or answer what is there already. */
const ASKING = ['checkCertificate', 'ensureMachineRemoteBuilder', 'ensureDepotRemoteBuilder', 'validateWireGuardPeers']

/** A mutation with its arguments as variables, typed as the schema has them. */
function mutation(name: string) {
  const args = schema.getMutationType()?.getFields()[name]?.args ?? []
  const declared = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ')
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  return `mutation(${declared}) { ${name}(${given}) { __typename } }`
}

test('every GraphQL mutation that changes something leaves an effect with its request', async () => {
  const client = simulatorInProcess({ delayScale: 0 })
  const steps = mutations(client)
  const known = Object.keys(schema.getMutationType()?.getFields() ?? {})
  expect([...steps.map(([name]) => name), ...ASKING].sort()).toEqual(known.sort())
  for (const [name, variables] of steps) {
    const reply = await client.ask('POST', '/graphql', { body: { query: mutation(name), variables: variables() } })
    expect(reply.body, name).not.toHaveProperty('errors')
    expectTold(client, reply, name)
  }
})

const VERIFIER = 'a-secret-of-the-client-that-only-it-knows-0123'
const proof = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
  state: 's',
  redirect_port: 4711,
}
const LOGIN = '/api/v1/cli_sessions/:session'
const PAGE = '/app/auth/cli/:session'
const CLUSTERS = '/api/v1/organizations/:org/postgresv2'
const CLUSTER = '/api/v1/postgresv2/:cluster'
const UPLOAD = '/v2/:app/blobs/uploads/:upload'
const MANIFEST = '/v2/:app/manifests/:reference'
const BLOB = Buffer.from('{}')
const IMAGE = {
  schemaVersion: 2,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 2, digest: sha256(BLOB) },
  layers: [],
}

type Step = { route: string; path: string; body?: unknown; headers?: Record<string, string> }

/** Every write outside the Machines API, whose own test sees to its. `last` are the answers so far, newest first. */
const writes = ({ world }: Client): ((last: Reply[]) => Step)[] => {
  const session = () => [...world.sessions.keys()].at(-1) ?? ''
  const code = (last: Reply[]) => /<code>(\w+)/.exec(String(last[0]?.body))?.[1]
  const cluster = () => [...world.postgres.keys()][0] ?? ''
  const inCluster = (rest: string) => CLUSTER.replace(':cluster', cluster()) + rest
  const upload = () => `/v2/${APP}/blobs/uploads/${[...world.registry.uploads.keys()].at(-1)}`
  const manifest = `/v2/${APP}/manifests/pushed`
  const egress = () => world.apps.get(APP)?.ips.find(({ machine }) => machine !== undefined)?.ip
  const [machineId] = world.apps.get(APP)?.machines ?? []
  const query = mutation('allocateEgressIpAddress')
  const database = { name: 'acme-db', region: 'fra', plan: 'basic', pg_major_version: '17', storage_in_gb: 20 }
  const build = { app_name: APP, builder_type: 'remote', strategies_available: ['Dockerfile'] }
  const mediaType = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }
  return [
    () => ({ route: 'POST /api/v1/releases', path: '/api/v1/releases', body: { app_name: APP, image: 'i' } }),
    (last) => ({
      route: 'PATCH /api/v1/releases/:release',
      path: `/api/v1/releases/${/rel_\w+/.exec(JSON.stringify(last[0]?.body))?.[0]}`,
      body: { metadata: { seen: true } },
    }),
    () => ({ route: 'POST /api/v1/builds', path: '/api/v1/builds', body: build }),
    (last) => ({
      route: 'POST /api/v1/builds/finish',
      path: '/api/v1/builds/finish',
      body: { app_name: APP, build_id: idIn(last[0]?.body), status: 'completed' },
    }),
    () => ({ route: 'POST /api/v1/cli_sessions', path: '/api/v1/cli_sessions', body: { name: 'desk', signup: false } }),
    () => ({ route: `POST ${PAGE}/deny`, path: `${PAGE.replace(':session', session())}/deny` }),
    () => ({
      route: 'POST /api/v1/cli_sessions',
      path: '/api/v1/cli_sessions',
      body: { name: 'desk', signup: false, ...proof },
    }),
    () => ({ route: `POST ${PAGE}/confirm`, path: `${PAGE.replace(':session', session())}/confirm` }),
    (last) => ({
      route: `POST ${LOGIN}/redeem`,
      path: `${LOGIN.replace(':session', session())}/redeem`,
      body: { code: code(last), code_verifier: VERIFIER },
    }),
    () => ({ route: 'POST /_sim/dns', path: '/_sim/dns', body: { hostname: 'a.acme.example' } }),
    () => ({ route: 'POST /_sim/images', path: '/_sim/images', body: { app: APP, tag: 'made' } }),
    () => ({
      route: 'POST /graphql',
      path: '/graphql',
      body: { query, variables: { input: { appId: APP, machineId } } },
    }),
    () => ({
      route: 'POST /api/v1/apps/:app/egress_ips/:ip/promote',
      path: `/api/v1/apps/${APP}/egress_ips/${encodeURIComponent(egress() ?? '')}/promote`,
    }),
    () => ({ route: `POST ${CLUSTERS}`, path: CLUSTERS.replace(':org', ORG), body: database }),
    () => ({ route: `POST ${CLUSTER}/databases`, path: inCluster('/databases'), body: { name: 'shop' } }),
    () => ({
      route: `POST ${CLUSTER}/databases/:database/extensions`,
      path: inCluster('/databases/shop/extensions'),
      body: { name: 'citext', schema: 'words', create_schema_if_needed: true },
    }),
    () => ({
      route: `DELETE ${CLUSTER}/databases/:database/extensions/:extension`,
      path: inCluster('/databases/shop/extensions/citext'),
    }),
    () => ({ route: `POST ${CLUSTER}/users`, path: inCluster('/users'), body: { username: 'app', role: 'writer' } }),
    () => ({ route: `PATCH ${CLUSTER}/users/:username`, path: inCluster('/users/app'), body: { role: 'reader' } }),
    () => ({ route: `DELETE ${CLUSTER}/users/:username`, path: inCluster('/users/app') }),
    () => ({ route: `POST ${CLUSTER}/backups`, path: inCluster('/backups'), body: { type: 'full' } }),
    () => ({
      route: `POST ${CLUSTER}/restore`,
      path: inCluster('/restore'),
      body: { backup_id: world.postgres.get(cluster())?.backups[0]?.id, name: 'restored' },
    }),
    () => ({ route: `POST ${CLUSTER}/attachments`, path: inCluster('/attachments'), body: { app_name: APP } }),
    () => ({
      route: `DELETE ${CLUSTER}/attachments/:attached`,
      path: inCluster(`/attachments/${APP}`),
    }),
    () => ({
      route: `DELETE ${CLUSTERS}/:cluster`,
      path: `${CLUSTERS.replace(':org', ORG)}/${cluster()}`,
    }),
    () => ({ route: 'POST /v2/:app/blobs/uploads', path: `/v2/${APP}/blobs/uploads` }),
    () => ({ route: `PATCH ${UPLOAD}`, path: upload(), body: BLOB.toString() }),
    () => ({ route: `PUT ${UPLOAD}`, path: `${upload()}?digest=${sha256(BLOB)}` }),
    () => ({ route: 'POST /v2/:app/blobs/uploads/', path: `/v2/${APP}/blobs/uploads/` }),
    () => ({ route: `DELETE ${UPLOAD}`, path: upload() }),
    () => ({ route: `PUT ${MANIFEST}`, path: manifest, body: JSON.stringify(IMAGE), headers: mediaType }),
  ]
}

/** They name a builder, and change nothing while it is awake; nobody may delete a manifest. */
const CHANGING_NOTHING = [
  'POST /api/v1/builds/depot_builder',
  'POST /api/v1/organizations/:org/builders',
  `DELETE ${MANIFEST}`,
]

test('every write over REST, to the registry and by a browser leaves an effect with its request', async () => {
  const client = simulatorInProcess({ delayScale: 0 })
  const steps = writes(client)
  const done = new Set<string>()
  const answers: Reply[] = []
  for (const step of steps) {
    const { route, path, body, headers = {} } = step(answers)
    const method = route.split(' ')[0] ?? ''
    const basic = { authorization: `Basic ${btoa(`x:${client.addresses.token}`)}` }
    const reply = await client.ask(method, path, {
      body,
      headers: { ...(path.startsWith('/v2/') ? basic : {}), ...headers },
    })
    expectTold(client, reply, `${route} (${path})`)
    answers.unshift(reply)
    done.add(route)
  }
  const isWrite = ({ method, readOnly, path }: (typeof routes)[number]) =>
    method !== 'GET' && method !== 'HEAD' && !readOnly && !path.startsWith('/v1/')
  const wanted = routes.filter(isWrite).map(({ method, path }) => `${method} ${path}`)
  expect(wanted.filter((route) => !done.has(route) && !CHANGING_NOTHING.includes(route))).toEqual([])
})
