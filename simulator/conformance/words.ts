import fc from 'fast-check'
import { KeyType } from '../secrets/key-types.ts'
import type { Words } from './arbitrary.ts'
import { APP, imageOf, type LivingWorld, ORG } from './living-world.ts'

const one = fc.constantFrom
const word = fc.stringMatching(/^[a-z][a-z0-9]{2,12}$/)
const duration = one('1s', '10s', '1m30s', '500ms')
/** Commands that do no harm: machines of this simulator really run them. */
const command = one(['true'], ['echo', 'hi'])
const port = fc.integer({ min: 1, max: 65_535 })
const sizes = one(
  { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
  { cpu_kind: 'shared', cpus: 2, memory_mb: 1024 },
  { cpu_kind: 'performance', cpus: 1, memory_mb: 2048, kernel_args: ['quiet'] },
)
const hostname = word.map((name) => `${name}.example`)
const address = one('10.0.0.1', 'fdaa::3')
const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 8 })
const capitals = fc.stringMatching(/^[A-EG-Z]{1,8}$/)
const nothing = fc.constant(undefined)
const times = one('2026-01-01T00:00:00Z', '2026-11-21T13:00:00+02:00')

/** Names that mean the same everywhere. */
const EVERYWHERE: Words = {
  name: word,
  network: word,
  hostname,
  expiry: one('48h', '1h30m'),
  region: one('fra', 'iad', 'iad,dfw', 'any', 'eu'),
  org_slug: one(ORG, 'personal'),
  cursor: nothing,
  updated_after: times,
  updated_at: times,
  state: one('started', 'stopped', 'created,started'),
  limit: fc.integer({ min: 1, max: 50 }),
  min_version: one('0', '1'),
  types: one('hs256', 'hs256,es256'),
  sort_by: one('pid', 'cpu', 'rss'),
  order: one('asc', 'desc'),
  ttl: fc.integer({ min: 1, max: 600 }),
  lease_ttl: fc.integer({ min: 1, max: 60 }),
  limit_mb: fc.integer({ min: 128, max: 256 }),
  amount_mb: fc.integer({ min: 1, max: 64 }),
  min_secrets_version: one(0, 1),
  machine_version: nothing,
  current_version: nothing,
  snapshot_id: nothing,
  source_volume_id: nothing,
  fstype: one('ext4', 'raw'),
  size_gb: fc.integer({ min: 4, max: 500 }),
  snapshot_retention: fc.integer({ min: 1, max: 60 }),
  guest: sizes,
  compute: sizes,
  size: one('shared-cpu-1x', 'performance-2x'),
  count: fc.integer({ min: 0, max: 20 }),
  weights: fc.dictionary(one('region', 'spread'), fc.integer({ min: 0, max: 100 })),
  cmd: command,
  exec: command,
  entrypoint: command,
  command,
  env: fc.dictionary(capitals, word, { maxKeys: 2 }),
  env_var: capitals,
  schedule: one('hourly', 'daily', 'weekly', 'monthly'),
  mounts: nothing,
  standbys: nothing,
  timeout: duration,
  interval: duration,
  grace_period: duration,
  port,
  start_port: port,
  end_port: port,
  internal_port: port,
  path: one('/', '/health'),
  guest_path: one('/etc/x', '/srv/site'),
  url_prefix: one('/static'),
  method: one('GET', 'HEAD'),
  handlers: one([], ['http'], ['tls', 'http']),
  nameservers: fc.array(address, { maxLength: 2 }),
  addr: address,
  raw_value: one('aGk=', ''),
  mode: one(0o644, 0o755),
  version: one('v1', 'v2'),
  policy: one('no', 'always', 'on-failure'),
  // Written as a word or a boolean; the description knows the words.
  autostop: one('off', 'stop', 'suspend', true, false),
  values: fc.dictionary(capitals, word, { minKeys: 1, maxKeys: 3 }),
  'headers.values': fc.array(word, { maxLength: 2 }),
  'healthchecks.exec': fc.record({ command }),
  'concurrency.type': one('connections', 'requests'),
  'checks.type': one('tcp', 'http'),
  'checks.protocol': one('http', 'https'),
  'services.protocol': one('tcp', 'udp'),
  'healthchecks.interval': fc.integer({ min: 1, max: 60 }),
  'healthchecks.timeout': fc.integer({ min: 1, max: 60 }),
  'healthchecks.grace_period': fc.integer({ min: 1, max: 60 }),
}

/** Names that mean something else in one operation. */
const BY_OPERATION: Record<string, Words> = {
  'GET /apps/{app_name}/machines': { region: one('fra', 'iad') },
  'GET /orgs/{org_slug}/machines': { region: one('fra', 'iad') },
  'GET /orgs/{org_slug}/volumes': { region: one('fra', 'iad'), state: one('created', 'created,pending_destroy') },
  'POST /apps/{app_name}/ip_assignments': {
    type: one('v4', 'v6', 'shared_v4', 'private_v6', 'egress_v4', 'egress_v6', 'egress_pair'),
    region: one('fra', 'iad'),
  },
  'POST /apps/{app_name}/secretkeys/{secret_name}': {
    type: one('hs256', 'es256', 'xaes256gcm', 'nacl_auth', 'nacl_box', 'nacl_secretbox', 'nacl_sign'),
    value: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 32, maxLength: 32 }),
  },
  'POST /apps/{app_name}/secretkeys/{secret_name}/generate': { type: one(...KeyType.options), value: nothing },
  'POST /apps/{app_name}/secrets/{secret_name}': { value: word },
  'GET /apps/{app_name}/machines/{machine_id}/wait': {
    timeout: fc.integer({ min: 1, max: 60 }),
    version: nothing,
    instance_id: nothing,
    from_event_id: nothing,
  },
  'POST /apps/{app_name}/machines/{machine_id}/exec': {
    cmd: nothing,
    timeout: fc.integer({ min: 1, max: 20 }),
    container: nothing,
  },
  // One access speaks of one thing, and of what it belongs to.
  'POST /tokens/authorize': {
    access: fc
      .tuple(
        one('r', 'w', 'c', 'd', 'C', 'rw'),
        one(
          { org_slug: ORG },
          { org_slug: ORG, org_feature: 'wg' },
          { org_slug: ORG, storage_object: 'bucket/key' },
          { org_slug: ORG, mutation: 'addWireGuardPeer' },
          { app_name: APP },
          { app_name: APP, app_feature: 'images' },
          { app_name: APP, volume_id: 'vol_1' },
          { app_name: APP, machine_id: 'm1', machine_feature: 'oidc' },
          { app_name: APP, machine_id: 'm1', command: ['true'], source_machine: 'm2' },
        ),
      )
      .map(([action, thing]) => ({ action, ...thing })),
  },
  // Neither can be changed by an update.
  'POST /apps/{app_name}/machines/{machine_id}': { name: nothing, region: nothing },
}

/** What is to be put where in a request to a living world. */
export function wordsFor(operation: string, living: LivingWorld): Words {
  const { tokens } = living.addresses
  return {
    ...EVERYWHERE,
    plaintext: bytes,
    ciphertext: bytes,
    signature: bytes,
    associated_data: bytes,
    header: one(`FlyV1 ${tokens.org}`, `Bearer ${tokens.org}`),
    image: one(imageOf(living)),
    secret_name: one('PLAIN'),
    ...BY_OPERATION[operation],
  }
}
