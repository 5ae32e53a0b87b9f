import { networkPrefix } from '../apps/network.ts'
import type { Host } from '../hosts/hosts.ts'
import { settleMachine } from '../hosts/place.ts'
import type { MachineConfig } from '../machines/config.ts'
import { tagged } from '../registry/images.ts'
import { secretsNow } from '../secrets/secrets.ts'
import { machineId, machineName, privateIp, ulid } from '../world/ids.ts'
import type { Random } from '../world/random.ts'
import type { App, Image, Machine, Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { seedEvents } from './seed-events.ts'
import { repositoryOf } from './seed-releases.ts'
import type { MachineSpec } from './specs.ts'

const service = (autostop: string) => ({
  protocol: 'tcp' as const,
  internal_port: 8080,
  autostop: autostop === 'off' ? ('off' as const) : ('suspend' as const),
  autostart: true,
  min_machines_running: 0,
  ports: [
    { port: 80, handlers: ['http'], force_https: true },
    { port: 443, handlers: ['http', 'tls'] },
  ],
  checks: [
    { type: 'http' as const, interval: '15s', timeout: '2s', grace_period: '10s', method: 'GET', path: '/api/health' },
  ],
})

function mountsOf(spec: MachineSpec, volume: Volume | undefined): Pick<MachineConfig, 'mounts'> {
  if (!volume) return {}
  const path = spec.role === 'builder' ? '/data' : '/workspace'
  return { mounts: [{ volume: volume.id, path, name: volume.name, encrypted: true, size_gb: volume.sizeGb }] }
}

/** What the release that made the machine left in its metadata, and whose machine it is. */
function metadataOf(spec: MachineSpec, app: App, image: Image): Record<string, string> {
  const release = app.releases.find(({ imageRef }) => imageRef.endsWith(`:${image.tag}`)) ?? app.releases[0]
  return {
    fly_platform_version: 'v2',
    fly_process_group: 'app',
    fly_release_id: release?.id ?? '',
    fly_release_version: String(release?.version ?? 1),
    ...(spec.user === undefined ? {} : { user_id: spec.user }),
  }
}

interface ConfigSeed {
  app: App
  image: Image
  volume: Volume | undefined
}

/** What the demo's machines run; `:latest` and digests as their apps use them. */
function configOf(spec: MachineSpec, { app, image, volume }: ConfigSeed): MachineConfig {
  const autostop = spec.role === 'workspace' ? 'suspend' : 'off'
  return {
    image: `registry.fly.io/${image.repository}:${spec.role === 'docs' ? 'latest' : image.tag}`,
    guest: { cpu_kind: 'shared', cpus: spec.cpus, memory_mb: spec.memoryMb },
    env: { PORT: '8080', ...(spec.user === undefined ? {} : { USER_ID: spec.user }) },
    metadata: metadataOf(spec, app, image),
    ...(spec.role === 'builder' ? {} : { services: [service(autostop)] }),
    ...mountsOf(spec, volume),
    restart: { policy: 'on-failure', max_retries: 10 },
    ...(spec.autoDestroy ? { auto_destroy: true } : {}),
  }
}

interface MachineSeed {
  app: App
  host: Host
  spec: MachineSpec
  volume: Volume | undefined
}

/** A machine as if it had been there for days: with a config, a version and the events that led to its state. */
export function seedMachine(world: World, random: Random, { app, host, spec, volume }: MachineSeed): Machine {
  const images = tagged(world, repositoryOf(spec))
  const image = images[spec.drifted || (spec.role === 'docs' && spec.region === 'sin') ? 1 : 0]
  if (!image) throw new Error(`${spec.app} has no image.`)
  const createdAt = world.startedAt - spec.ageMs
  const stateSince = world.startedAt - spec.sinceMs
  const instanceId = ulid(random, Math.min(stateSince, createdAt + 1000))
  const config = configOf(spec, { app, image, volume })
  const machine: Machine = {
    id: machineId(random),
    app: app.name,
    name: machineName(random),
    region: spec.region,
    host: host.id,
    state: spec.state,
    stateSince,
    instanceId,
    privateIp: privateIp(random, networkPrefix(app)),
    createdAt,
    updatedAt: stateSince,
    config,
    imageRef: {
      registry: 'registry.fly.io',
      repository: image.repository,
      tag: spec.role === 'docs' ? 'latest' : image.tag,
      digest: image.digest,
      labels: {},
    },
    events: [],
    versions: [{ version: instanceId, config }],
    checks: [],
    cordoned: false,
    hostStatus: host.status,
    behaviour: spec.behaviour ?? { kind: 'steady' },
    restarts: [],
    // As many as its events tell of.
    restartCount: spec.behaviour?.kind === 'crash' ? 4 : 0,
    ...secretsNow(app),
    turn: 0,
    ...(spec.state === 'suspended' ? { snapshot: true } : {}),
  }
  machine.events = seedEvents(random, machine, spec)
  world.machines.set(machine.id, machine)
  settleMachine(world, machine)
  app.machines.add(machine.id)
  return machine
}
