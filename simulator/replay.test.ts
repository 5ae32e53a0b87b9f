import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createRandom } from './world/random.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const FLAGS = [
  '--machines',
  '90',
  '--seed',
  '7',
  '--clock',
  'virtual',
  '--rate-limits',
  'off',
  '--json',
  '--with-parent',
]
const Addresses = z.object({
  machines: z.string(),
  controlToken: z.string(),
  token: z.string(),
  tokens: z.looseObject({ readonly: z.string() }),
})

/** Of the connection, not of the answer. */
const PASSING = ['date', 'connection', 'keep-alive', 'transfer-encoding']

interface Asked {
  body?: unknown
  headers?: Record<string, string>
}

/** A simulator of its own and everything that it answered, without its port and the token of its control port. */
async function begin() {
  const child = spawn(process.execPath, [MAIN, ...FLAGS])
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  const { machines: origin, controlToken, token, tokens } = Addresses.parse(JSON.parse(String(line)))
  const transcript: string[] = []
  const plain = (text: string) => text.replaceAll(origin, 'http://simulator').replaceAll(origin.slice(7), 'simulator')

  const ask = async (method: string, path: string, { body, headers = {} }: Asked = {}): Promise<string> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const told = await fetch(origin + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...sent,
    })
      .then(async (reply) => ({ reply, text: await reply.text() }))
      // Reset or cut short on purpose.
      .catch(() => undefined)
    const kept = [...(told?.reply.headers ?? [])].filter(([name]) => !PASSING.includes(name))
    const text = told?.text ?? ''
    transcript.push(plain(`${method} ${path} → ${told?.reply.status} ${JSON.stringify(kept)} ${text}`))
    return text
  }
  const asController = { authorization: `Bearer ${controlToken}` }
  return {
    ask,
    transcript,
    tokens,
    control: (action: string, body: unknown = {}) =>
      ask('POST', `/_control/${action}`, { body, headers: asController }),
    ledger: async () => plain(await ask('GET', '/_control/ledger', { headers: asController })),
  }
}

type Player = Awaited<ReturnType<typeof begin>>

const idsIn = (text: string, pattern = /"id":"([a-z0-9_]+)"/g) => [...text.matchAll(pattern)].map(([, id = '']) => id)

const ORG = 'acme-workspaces'
/** The app with most machines. */
const APP = ORG
const MACHINE = /"id":"([0-9a-f]{14})"/g
const GUEST = { cpus: 1, memory_mb: 256, cpu_kind: 'shared' }
const METRICS = `/prometheus/${ORG}/api/v1`
const START = Date.parse('2026-11-21T12:00:00Z') / 1000

/** One of everything that is not a machine. */
async function playPlatform({ ask, control, tokens }: Player): Promise<void> {
  const graphql = (query: string, variables = {}) => ask('POST', '/graphql', { body: { query, variables } })
  await ask('POST', '/v1/apps', { body: { app_name: 'played', org_slug: ORG } })
  await control('advance', { seconds: 10 })
  await ask('POST', '/v1/apps/played/secrets', { body: { values: { A: 'b', C: 'd' } } })
  await ask('POST', '/v1/apps/played/secretkeys/k/generate', { body: { type: 'hs256' } })
  await ask('POST', '/v1/apps/played/secretkeys/s/generate', { body: { type: 'nacl_sign' } })
  await ask('POST', '/v1/apps/played/secretkeys/s/sign', { body: { plaintext: [1, 2] } })
  for (const type of ['v6', 'v4', 'shared_v4']) await ask('POST', '/v1/apps/played/ip_assignments', { body: { type } })
  await ask('POST', '/v1/apps/played/certificates/acme', { body: { hostname: 'p.acme.example' } })
  await ask('POST', '/_sim/images', { body: { app: 'played', tag: 'one' } })
  await ask('POST', '/v1/apps/played/deploy_token', { body: { expiry: '1h' } })
  await ask('POST', `/api/v1/organizations/${ORG}/postgresv2`, { body: { name: 'db', region: 'fra', plan: 'basic' } })
  await ask('POST', '/api/v1/releases', { body: { app_name: 'played', image: 'registry.fly.io/played:one' } })
  await ask('POST', '/api/v1/cli_sessions', { body: { name: 'desk', signup: false } })
  await graphql('{ viewer { email } organizations { nodes { slug apps { nodes { name } } } } }')
  const cert = 'mutation($input: IssueCertificateInput!) { issueCertificate(input: $input) { certificate key } }'
  await graphql(cert, { input: { organizationId: 'org_acme_workspaces' } })
  const mint =
    'mutation($input: CreateLimitedAccessTokenInput!) { createLimitedAccessToken(input: $input) { limitedAccessToken { id token } } }'
  const input = { name: 'ci', organizationId: 'org_acme_workspaces', profile: 'deploy_organization' }
  await graphql(mint, { input })
  await control('revoke', { token: tokens.readonly })
  await ask('GET', '/v1/apps/played', { headers: { authorization: `FlyV1 ${tokens.readonly}` } })
  await control('restore', { token: tokens.readonly })
  await ask('GET', '/v1/apps/played', { headers: { authorization: `FlyV1 ${tokens.readonly}` } })
  await ask('DELETE', '/v1/apps/played')
}

async function playVolumes({ ask, control }: Player): Promise<void> {
  const path = `/v1/apps/${APP}/volumes`
  const made = await ask('POST', path, { body: { name: 'played', region: 'fra', size_gb: 1 } })
  const [volume = ''] = idsIn(made)
  await control('advance', { seconds: 30 })
  await ask('PUT', `${path}/${volume}/extend`, { body: { size_gb: 3 } })
  await ask('POST', `${path}/${volume}/snapshots`)
  await control('advance', { seconds: 120.5 })
  await ask('GET', `${path}/${volume}/snapshots`)
  await ask('POST', path, { body: { name: 'fork', region: 'fra', source_volume_id: volume } })
  await ask('DELETE', `${path}/${volume}`)
}

/** What is read is not stored but made from the seed. */
async function playReading({ ask, control }: Player, machine: string): Promise<void> {
  await control('log-rate', { app: APP, linesPerSecond: 40, style: 'hostile' })
  await control('advance', { seconds: 5 })
  for (const query of ['', `?instance=${machine}`, '?region=fra', '?next_token=1795000000000000000'])
    await ask('GET', `/api/v1/apps/${APP}/logs${query}`)
  const span = `start=${START - 86_400}&end=${START}&step=3600`
  for (const query of ['sum(fly_instance_memory_mem_total)', 'rate(fly_edge_http_responses_count[5m])'])
    await ask('GET', `${METRICS}/query_range?${span}&query=${encodeURIComponent(query)}`)
  await ask('GET', `${METRICS}/label/instance/values`)
  await ask('GET', `/v1/orgs/${ORG}/machines?include_deleted=true`)
}

/** Many small things to machines, in an order that looks like chance. */
async function playMachines({ ask, control }: Player): Promise<string> {
  const random = createRandom(5)
  const path = `/v1/apps/${APP}/machines`
  const listed = await ask('GET', path)
  const machines = idsIn(listed, MACHINE)
  const [, image = ''] = /"image":"([^"]+)"/.exec(listed) ?? []
  const config = { image, guest: GUEST, restart: { policy: 'on-failure' } }
  const deeds = [
    () => ask('POST', path, { body: { region: random.pick(['fra', 'syd']), config } }),
    ...['start', 'stop', 'restart', 'suspend', 'cordon', 'uncordon'].map(
      (verb) => () => ask('POST', `${path}/${random.pick(machines)}/${verb}`, { body: {} }),
    ),
    () => ask('POST', `${path}/${random.pick(machines)}`, { body: { config } }),
    () => ask('GET', `${path}/${random.pick(machines)}`),
    () => ask('GET', path),
    () => ask('GET', `${path}/${random.pick(machines)}/events`),
    () => ask('POST', `${path}/${random.pick(machines)}/metadata/k`, { body: { value: random.hex(4) } }),
    () => ask('POST', `${path}/${random.pick(machines)}/exec`, { body: { cmd: 'echo told' } }),
    () => control('crash', { machine: random.pick(machines), exitCode: 3 }),
    () => control('advance', { seconds: random.int(1, 90) }),
    () => control('fail', { path: path, status: 503, rate: 0.4, times: 3 }),
    () => control('fail', { path: path, reset: true, committed: true, rate: 0.5 }),
    () => control('fail', { path: path, truncate: true, rate: 0.5 }),
  ]
  for (let count = 0; count < 260; count += 1) machines.push(...idsIn(await random.pick(deeds)(), MACHINE).slice(0, 1))
  await control('clear-faults')
  await control('lose-host', { machine: machines[0] })
  await control('migrate', { machine: machines[1] })
  await control('advance', { seconds: 3_600 })
  return machines[2] ?? ''
}

async function play(): Promise<{ transcript: string[]; ledger: string }> {
  const player = await begin()
  const machine = await playMachines(player)
  await playVolumes(player)
  await playPlatform(player)
  await playReading(player, machine)
  const ledger = await player.ledger()
  return { transcript: player.transcript, ledger }
}

test('the same seed and the same requests give the same answers and the same ledger, to the byte', async () => {
  const [one, other] = await Promise.all([play(), play()])
  expect(one.transcript.length).toBeGreaterThan(290)
  for (const [index, told] of one.transcript.entries()) expect(other.transcript[index]).toBe(told)
  expect(other.ledger).toBe(one.ledger)
  expect(one.transcript.filter((told) => / → (5\d\d|undefined)/.test(told)).length).toBeGreaterThan(5)
  expect(one.transcript.filter((told) => told.includes(' → 500 '))).toEqual([])
}, 30_000)
