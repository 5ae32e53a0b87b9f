import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, findMachine, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock } from '../world/clock.ts'
import { READ } from './actions.ts'
import { narrow, type PackedCaveat, readMacaroon, writeMacaroon } from './macaroon.ts'
import { apps, commands, features, ifPresent, isMember, organization, validity } from './write-caveats.ts'

const ORG = 'org_acme_workspaces'
const APP = 'acme-api'

const narrowed = (token: string, ...caveats: PackedCaveat[]) => {
  const macaroon = readMacaroon(token)
  return macaroon ? writeMacaroon(narrow(macaroon, caveats)) : ''
}

const CREATE =
  'mutation($input: CreateLimitedAccessTokenInput!) { createLimitedAccessToken(input: $input) { limitedAccessToken { id tokenHeader expiresAt } } }'
const Created = z.object({
  data: z.object({
    createLimitedAccessToken: z.object({
      limitedAccessToken: z.object({ id: z.string(), tokenHeader: z.string(), expiresAt: z.string() }),
    }),
  }),
})

async function create({ ask }: Client, input: Record<string, unknown>, token?: string) {
  const variables = { input: { name: 'made here', organizationId: ORG, ...input } }
  const { body } = await ask('POST', '/graphql', { body: { query: CREATE, variables }, ...(token ? { token } : {}) })
  const { limitedAccessToken: made } = Created.parse(body).data.createLimitedAccessToken
  return { id: made.id, token: made.tokenHeader.replace('FlyV1 ', ''), expiresAt: made.expiresAt }
}

/** One token of every kind. The last three are made as flyctl makes them: by narrowing an org token. */
async function oneOfEach(client: Client) {
  const { tokens } = client.addresses
  const wireguard = ifPresent([apps(new Map()), features(new Map([['wg', 31]]))], READ)
  return {
    user: tokens.user,
    org: tokens.org,
    deploy: tokens.deploy,
    readonly: tokens.readonly,
    ssh: tokens.ssh,
    machineExec: tokens.machineExec,
    wireguard: narrowed(tokens.org, wireguard),
    litefs: (await create(client, { profile: 'litefs_cloud', profileParams: { cluster: 'blue' } })).token,
  }
}

const NONE = {
  user: 'no',
  org: 'no',
  deploy: 'no',
  readonly: 'no',
  ssh: 'no',
  machineExec: 'no',
  wireguard: 'no',
  litefs: 'no',
}
type Row = typeof NONE
const yes = (...kinds: (keyof Row)[]): Row => ({ ...NONE, ...Object.fromEntries(kinds.map((kind) => [kind, 'yes'])) })

/** What each kind may do, by what is done (Fly docs, access tokens; caveats of the macaroon library). */
const TABLE: [what: string, row: Row][] = [
  ['read its app', yes('user', 'org', 'deploy', 'readonly', 'ssh', 'machineExec')],
  ['read another app', yes('user', 'org', 'readonly')],
  ['read an app of another organization', yes('user')],
  ['list the apps', yes('user', 'org', 'readonly')],
  ['list the machines of the organization', yes('user', 'org', 'readonly')],
  ['read logs', yes('user', 'org', 'deploy', 'readonly', 'ssh', 'machineExec')],
  ['create an app', yes('user', 'org')],
  ['create a machine', yes('user', 'org', 'deploy')],
  ['set secrets of its app', yes('user', 'org', 'deploy')],
  ['set secrets of another app', yes('user', 'org')],
  ['mint a deploy token', yes('user', 'org', 'deploy')],
  ['run the allowed command', yes('user', 'org', 'deploy', 'machineExec')],
  ['run another command', yes('user', 'org', 'deploy')],
  ['run a command in another app', yes('user', 'org')],
  ['get an SSH certificate for its app', yes('user', 'org', 'deploy', 'ssh')],
  ['get an SSH certificate for another app', yes('user', 'org')],
  ['add a WireGuard peer', yes('user', 'org', 'deploy', 'ssh', 'wireguard')],
  ['start a build', yes('user', 'org', 'deploy')],
  ['invite somebody', yes('user')],
  ['create an organization', yes('user')],
]

test('each kind of token may do what it is for and no more', async () => {
  const client = simulatorInProcess()
  const { ask } = client
  const machine = await findMachine(client, { app: APP, state: 'started' })
  const other = await findMachine(client, { app: 'acme-web', state: 'started' })
  const tokens = await oneOfEach(client)
  const rest = async (token: string, method: string, path: string, body?: unknown) => {
    const { status } = await ask(method, path, { token, body })
    return status === 403 ? 'no' : status < 400 ? 'yes' : `${status}`
  }
  const graphql = async (token: string, query: string) => {
    const { body } = await ask('POST', '/graphql', { token, body: { query: `mutation { ${query} }` } })
    const errors = z.object({ errors: z.array(z.looseObject({ message: z.string() })) }).safeParse(body).data?.errors
    if (!errors) return 'yes'
    return errors.every(({ extensions }) => JSON.stringify(extensions).includes('UNAUTHORIZED'))
      ? 'no'
      : JSON.stringify(errors)
  }
  const certificate = (app: string) =>
    `issueCertificate(input: { organizationId: "${ORG}", appNames: ["${app}"], publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDsG0oLB9Yk0tM0dWPCxVJXQtUlFPcMYvVqtKkYaFdRs", validHours: 1 }) { certificate }`
  let count = 0
  const doing: Record<string, (token: string) => Promise<string>> = {
    'read its app': (token) => rest(token, 'GET', `/v1/apps/${APP}`),
    'read another app': (token) => rest(token, 'GET', '/v1/apps/acme-web'),
    'read an app of another organization': (token) => rest(token, 'GET', '/v1/apps/acme-staging'),
    'list the apps': (token) => rest(token, 'GET', '/v1/apps?org_slug=acme-workspaces'),
    'list the machines of the organization': (token) => rest(token, 'GET', '/v1/orgs/acme-workspaces/machines'),
    'read logs': (token) => rest(token, 'GET', `/api/v1/apps/${APP}/logs`),
    'create an app': (token) => {
      count += 1
      return rest(token, 'POST', '/v1/apps', { name: `made-${count}`, org_slug: 'acme-workspaces' })
    },
    'create a machine': (token) =>
      rest(token, 'POST', `/v1/apps/${APP}/machines`, { config: { image: 'nginx' }, skip_launch: true }),
    'set secrets of its app': (token) => rest(token, 'POST', `/v1/apps/${APP}/secrets`, { values: { A: 'b' } }),
    'set secrets of another app': (token) => rest(token, 'POST', '/v1/apps/acme-web/secrets', { values: { A: 'b' } }),
    'mint a deploy token': (token) => rest(token, 'POST', `/v1/apps/${APP}/deploy_token`, { expiry: '1h' }),
    'run the allowed command': (token) => rest(token, 'POST', `${machine.path}/exec`, { cmd: 'echo hello' }),
    'run another command': (token) => rest(token, 'POST', `${machine.path}/exec`, { cmd: 'env' }),
    'run a command in another app': (token) => rest(token, 'POST', `${other.path}/exec`, { cmd: 'echo hello' }),
    'get an SSH certificate for its app': (token) => graphql(token, certificate(APP)),
    'get an SSH certificate for another app': (token) => graphql(token, certificate('acme-web')),
    'add a WireGuard peer': (token) => {
      count += 1
      const input = `{ organizationId: "${ORG}", name: "peer-${count}", pubkey: "${Buffer.alloc(32, count).toString('base64')}", region: "fra" }`
      return graphql(token, `addWireGuardPeer(input: ${input}) { peerip }`)
    },
    'start a build': (token) => rest(token, 'POST', '/api/v1/builds', { app_name: APP, builder_type: 'remote' }),
    'invite somebody': (token) =>
      graphql(
        token,
        `createOrganizationInvitation(input: { organizationId: "${ORG}", email: "a@hangar.example" }) { invitation { id } }`,
      ),
    'create an organization': (token) => {
      count += 1
      return graphql(token, `createOrganization(input: { name: "Made ${count}" }) { organization { slug } }`)
    },
  }
  for (const [what, expected] of TABLE) {
    const seen = await Promise.all(
      Object.entries(tokens).map(async ([kind, token]) => [kind, await doing[what]?.(token)]),
    )
    expect(Object.fromEntries(seen), what).toEqual(expected)
  }
})

test('an org token may not administer, a user may', async () => {
  const { ask, addresses } = simulatorInProcess()
  const access = { action: 'w', org_slug: 'acme-workspaces', org_feature: 'billing' }
  const may = async (token: string) =>
    (await ask('POST', '/v1/tokens/authorize', { body: { header: `Bearer ${token}`, access } })).status
  expect(await may(addresses.tokens.org)).toBe(400)
  expect(await may(addresses.tokens.user)).toBe(200)
})

test('any one token of a list that allows is enough', async () => {
  const client = simulatorInProcess()
  const { ask, addresses } = client
  const staging = await create(client, { profile: 'deploy_organization', organizationId: 'org_acme_staging' })
  const both = `${addresses.tokens.readonly},${staging.token}`
  expect((await ask('POST', '/v1/apps/acme-staging/secrets', { token: both, body: { values: {} } })).status).toBe(200)
  expect((await ask('POST', '/v1/apps/acme-web/secrets', { token: both, body: { values: {} } })).status).toBe(403)
  expect((await ask('GET', '/v1/apps/acme-web', { token: both })).status).toBe(200)
  const { body } = await ask('GET', '/api/v1/organizations', { token: both })
  expect(body).toMatchObject({ organizations: [{ raw_slug: 'acme-workspaces' }, { raw_slug: 'acme-staging' }] })
})

test('a token without its last caveat, or with a changed one, is refused', async () => {
  const { ask, addresses } = simulatorInProcess()
  const readonly = readMacaroon(addresses.tokens.readonly)
  if (!readonly) throw new Error('not a macaroon')
  const widened = writeMacaroon({ ...readonly, caveats: readonly.caveats.slice(0, -1) })
  const changed = writeMacaroon({ ...readonly, caveats: [organization(880_113, 31), ...readonly.caveats.slice(1)] })
  for (const token of [widened, changed]) expect((await ask('GET', '/v1/apps/acme-web', { token })).status).toBe(401)
})

test('what is narrowed from a token dies with it, and lives again with it', async () => {
  const client = simulatorInProcess()
  const { ask, control } = client
  const { id, token } = await create(client, { profile: 'deploy_organization' })
  const child = narrowed(token, organization(880_112, READ))
  const status = async (sent: string) => (await ask('GET', '/v1/apps/acme-web', { token: sent })).status
  expect(await status(child)).toBe(200)
  const revoke = 'mutation($id: ID) { deleteLimitedAccessToken(input: { id: $id }) { token } }'
  await ask('POST', '/graphql', { body: { query: revoke, variables: { id } } })
  expect([await status(token), await status(child)]).toEqual([401, 401])
  const list =
    '{ organization(slug: "acme-workspaces") { limitedAccessTokens { nodes { id revokedAt user { email } } } } }'
  expect((await ask('POST', '/graphql', { body: { query: list } })).body).toMatchObject({
    data: {
      organization: {
        limitedAccessTokens: {
          nodes: expect.arrayContaining([
            { id, revokedAt: expect.any(String), user: { email: 'usr_1001@hangar.example' } },
            { id: 'token-org', revokedAt: null, user: { email: 'usr_1001@hangar.example' } },
          ]),
        },
      },
    },
  })
  await control('restore', { token: child })
  expect([await status(token), await status(child)]).toEqual([200, 200])
})

test('a token works until its time is over, by the clock of the world', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 10, 26))
  const client = simulatorInProcess({ clock })
  const { ask, addresses } = client
  const { token, expiresAt } = await create(client, { profile: 'deploy_organization', expiry: '1h30m0s' })
  expect(expiresAt).toBe('2026-11-26T01:30:00.000Z')
  const short = narrowed(addresses.tokens.org, validity(clock.now(), clock.now() + 60_000))
  const status = async (sent: string) => (await ask('GET', '/v1/apps/acme-web', { token: sent })).status
  expect([await status(token), await status(short)]).toEqual([200, 200])
  clock.moveTo(clock.now() + 62_000)
  expect([await status(token), await status(short)]).toEqual([200, 401])
  clock.moveTo(clock.now() + 90 * 60_000)
  expect([await status(token), await status(addresses.tokens.org)]).toEqual([401, 200])
})

test('a token made with a narrow one can do no more than that', async () => {
  const client = simulatorInProcess()
  const { ask } = client
  const soon = narrowed(client.addresses.tokens.deploy, commands([{ args: ['ls'], exact: true }]))
  expect((await ask('POST', `/v1/apps/${APP}/deploy_token`, { token: soon, body: {} })).status).toBe(403)
  const member = narrowed(client.addresses.tokens.org, isMember, validity(0, client.world.clock.now() + 3_600_000))
  const { token } = await create(client, { profile: 'deploy', profileParams: { app_id: APP }, expiry: '20h' }, member)
  const { body } = await ask('POST', '/v1/tokens/authenticate', { body: { header: `FlyV1 ${token}` } })
  const text = JSON.stringify(body)
  expect(text.match(/"ValidityWindow"/g)).toHaveLength(2)
  expect(text.match(/"Organization"/g)).toHaveLength(1)
})

test('tokens describe themselves from their caveats', async () => {
  const { ask, addresses } = simulatorInProcess()
  const current = async (token: string) => (await ask('GET', '/v1/tokens/current', { token })).body
  const organizationSeen = { org_slug: 'acme-workspaces', organization: 'Acme Workspaces', user: '' }
  expect(await current(addresses.tokens.org)).toMatchObject({ tokens: [{ ...organizationSeen, apps: [] }] })
  expect(await current(addresses.tokens.deploy)).toMatchObject({
    tokens: [{ token_id: 'token-deploy', ...organizationSeen, apps: [APP] }],
  })
  expect(await current(addresses.tokens.ssh)).toMatchObject({ tokens: [{ apps: [APP] }, { apps: [APP] }] })
  expect(await current(addresses.tokens.user)).toEqual({ tokens: [] })
})

test('the caveats of every kind are told as fly tokens debug prints them', async () => {
  const { ask, addresses } = simulatorInProcess()
  const { body } = await ask('POST', '/v1/tokens/authenticate', { body: { header: addresses.tokens.ssh } })
  expect(body).toMatchObject([
    { caveats: { caveats: [{ type: 'Organization' }, { type: 'IfPresent' }, { type: 'Action', body: 'r' }] } },
    {
      caveats: {
        caveats: [{}, {}, { type: 'Mutations', body: { mutations: ['issueCertificate', 'addWireGuardPeer'] } }],
      },
    },
  ])
  expect((await ask('POST', '/v1/tokens/authenticate', { body: { header: 'FlyV1 fm2_abc' } })).status).toBe(400)
})

test('a question that makes no sense is a 400', async () => {
  const { ask, addresses } = simulatorInProcess()
  const status = async (access: Record<string, unknown>) =>
    (await ask('POST', '/v1/tokens/authorize', { body: { header: addresses.tokens.user, access } })).status
  expect(await status({ action: 'r', app_name: APP })).toBe(200)
  expect(await status({ action: 'x', app_name: APP })).toBe(400)
  expect(await status({ action: 'r', machine_id: 'm' })).toBe(400)
  expect(await status({ action: 'r', app_name: APP, org_feature: 'wg' })).toBe(400)
  expect(await status({ action: 'r', app_name: APP, command: ['ls'] })).toBe(400)
  expect(await status({ action: 'r', org_slug: 'personal', app_name: APP })).toBe(400)
  expect(await status({ action: 'r' })).toBe(400)
})

test('a person who sends macaroons along stays a person', async () => {
  const { ask, addresses } = simulatorInProcess()
  const token = `${addresses.tokens.readonly},${addresses.tokens.user}`
  const query = '{ viewer { __typename email } userOnlyToken }'
  expect((await ask('POST', '/graphql', { body: { query }, token })).body).toEqual({
    data: { viewer: { __typename: 'User', email: 'usr_1001@hangar.example' }, userOnlyToken: false },
  })
  expect((await ask('POST', '/v1/apps/acme-web/secrets', { token, body: { values: {} } })).status).toBe(200)
})
