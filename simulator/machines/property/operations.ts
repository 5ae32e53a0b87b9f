import { z } from 'zod'
import { setHost } from '../../hosts/host-loss.ts'
import { migrateMachine } from '../../hosts/migrate.ts'
import { FlyError } from '../../http/fly-error.ts'
import { autostopPass } from '../../public/autostop.ts'
import { openConnections } from '../../public/proxy.ts'
import type { Reply } from '../../test/client.ts'
import type { Behaviour } from '../../world/types.ts'
import { setHung } from '../checks.ts'
import { exitByItself } from '../lifecycle.ts'
import { APPS, choose, createApp, type Ground, pickId, pickMachine, requestOf, type Step, write } from './ground.ts'

type Operation = (ground: Ground, step: Step) => Promise<Reply | undefined>

const IMAGE = 'registry.fly.io/acme-docs:latest'
const REGIONS = ['fra', 'fra', 'iad']
const Made = z.looseObject({ id: z.string(), nonce: z.string().optional() })
const Lease = z.looseObject({ nonce: z.string() })

const service = (n: number) => ({
  internal_port: 8080,
  autostop: choose(['off', 'stop', 'suspend', true, false], n),
  autostart: n % 7 !== 0,
  min_machines_running: n % 3 === 0 ? 1 : 0,
  checks: [{ type: 'http', interval: '5s', timeout: '2s', grace_period: '3s', path: n % 2 ? '/api/health' : '/no' }],
})

/** A config of one of very many kinds. */
function configOf(n: number, mounts: { volume: string; path: string }[]) {
  const policy = choose(['no', 'on-failure', 'always'], n >> 2)
  return {
    image: IMAGE,
    guest: { cpu_kind: 'shared', cpus: 2, memory_mb: choose([512, 1024, 4096], n) },
    restart: { policy, max_retries: n % 4 },
    ...(n % 3 === 0 ? {} : { services: [service(n >> 3)] }),
    ...(n % 11 === 0 ? { auto_destroy: true } : {}),
    ...(n % 13 === 0 ? { schedule: 'hourly' } : {}),
    ...(n % 17 === 0 ? { init: { cmd: ['sh', '-c', "trap '' INT TERM; sleep inf"], swap_size_mb: 256 } } : {}),
    ...(n % 5 === 0 ? { stop_config: { signal: 'SIGTERM', timeout: '20s' } } : {}),
    ...(mounts.length > 0 ? { mounts } : {}),
  }
}

/** Machines of the player at a time: more would only make every look at all of them longer. */
const MOST = 30

/** Mostly a volume that is free, now and then one of all there ever were. */
function volumeFor({ client: { world }, volumes }: Ground, app: string, { pick, n }: Step): string | undefined {
  const free = volumes.filter((id) => {
    const volume = world.volumes.get(id)
    return volume?.app === app && volume.attachedMachineId === undefined && volume.state === 'created'
  })
  return choose(n % 9 === 0 ? volumes : free, pick)
}

const create: Operation = async (ground, step) => {
  const { client, ids, nonces } = ground
  const { world } = client
  const app = choose(APPS, step.pick) ?? ''
  const present = [...(world.apps.get(app)?.machines ?? [])]
  if (present.length >= MOST / 2) return destroy(true)(ground, { ...step, n: 2 })
  const volume = step.n % 2 ? volumeFor(ground, app, step) : undefined
  const body = {
    ...(volume === undefined ? { region: choose(REGIONS, step.n) } : {}),
    skip_launch: step.n % 5 === 1,
    skip_service_registration: step.n % 7 === 1,
    ...(step.n % 6 === 0 ? { lease_ttl: 30 } : {}),
    config: {
      ...configOf(step.n, volume === undefined ? [] : [{ volume, path: '/data' }]),
      ...(step.n % 9 === 0 ? { standbys: present.slice(0, 3) } : {}),
    },
  }
  const reply = await client.ask('POST', `/v1/apps/${app}/machines`, { body })
  if (reply.status !== 200) return reply
  const { id, nonce } = Made.parse(reply.body)
  if (ids.includes(id)) throw new Error(`The id ${id} was used before.`)
  ids.push(id)
  if (nonce !== undefined) nonces.set(id, nonce)
  return reply
}

const update: Operation = (ground, step) => {
  const machine = pickMachine(ground, step)
  const versions = [undefined, machine?.instanceId, machine?.instanceId, 'OLD']
  const mounts = machine?.config.mounts?.map(({ volume, path }) => ({ volume, path })) ?? []
  const body = {
    config: configOf(step.n, mounts),
    skip_launch: step.n % 5 === 1,
    current_version: choose(versions, step.n >> 2),
  }
  return write(ground, step, { method: 'POST', body })
}

const post =
  (verb: string, body: (n: number) => unknown = () => ({})): Operation =>
  (ground, step) =>
    write(ground, step, { method: 'POST', suffix: `/${verb}`, body: body(step.n) })

const destroy =
  (force: boolean): Operation =>
  async (ground, step) => {
    const reply = await write(ground, step, { method: 'DELETE', suffix: force ? '?force=true' : '' })
    if (force) ground.forced.add(requestOf(reply))
    return reply
  }

const lease: Operation = async (ground, step) => {
  const reply = await write(ground, step, { method: 'POST', suffix: '/lease', body: { ttl: (step.n % 60) + 1 } })
  if (reply.status === 201) ground.nonces.set(pickId(ground, step), Lease.parse(reply.body).nonce)
  return reply
}

const metadata: Operation = (ground, step) => {
  const value = step.n % 3 === 0 ? null : `value ${step.n}`
  const version = choose([undefined, pickMachine(ground, step)?.instanceId, 'OLD'], step.n >> 2)
  const body = { metadata: { key: value, [`k${step.n % 5}`]: 'x' }, machine_version: version }
  return write(ground, step, { method: step.n % 8 < 4 ? 'PATCH' : 'PUT', suffix: '/metadata', body })
}

const mark: Operation = async (ground, step) => {
  const id = pickId(ground, step)
  const app = ground.client.world.machines.get(id)?.app ?? APPS[0]
  const path = `/v1/apps/${app}/machines/${id}/metadata/mark`
  return step.n % 3 === 0
    ? ground.client.ask('DELETE', path)
    : ground.client.ask('POST', path, { body: { value: String(step.n) } })
}

const createVolume: Operation = async ({ client, volumes }, { pick, n }) => {
  const body = { name: 'data', region: choose(REGIONS, n), size_gb: (n % 9) + 1 }
  const reply = await client.ask('POST', `/v1/apps/${choose(APPS, pick)}/volumes`, { body })
  if (reply.status === 200) volumes.push(Made.parse(reply.body).id)
  return reply
}

const ofVolume =
  (method: string, suffix: string, body: (n: number) => unknown): Operation =>
  ({ client, volumes }, { pick, n }) => {
    const id = choose(volumes, pick) ?? 'none'
    const app = client.world.volumes.get(id)?.app ?? APPS[0]
    return client.ask(method, `/v1/apps/${app}/volumes/${id}${suffix}`, { body: body(n) })
  }

const recreateApp: Operation = async (ground, step) => {
  const app = choose(APPS, step.pick) ?? ''
  const reply = await ground.client.ask('DELETE', `/v1/apps/${app}?force=true`)
  ground.forced.add(requestOf(reply))
  await createApp(ground, app)
  return reply
}

/** Things that befall a machine without anybody asking. */
const befall =
  (act: (ground: Ground, step: Step) => void): Operation =>
  async (ground, step) => {
    act(ground, step)
    ground.client.world.schedule.settle()
    return undefined
  }

const crash = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  const oom = step.n % 5 === 0
  if (machine?.state !== 'started' || machine.hostStatus !== 'ok') return
  exitByItself(ground.client.world, machine, { exitCode: oom ? 137 : step.n % 3, oom })
})

const host = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  const { world } = ground.client
  const status = choose(['ok', 'ok', 'ok', 'unknown', 'unreachable'] as const, step.n) ?? 'ok'
  if (machine) setHost(world, world.hosts.get(machine.host), status)
})

const fill = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  if (machine) ground.client.world.hosts.get(machine.host).full = step.n % 3 === 0
})

const migrate = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  if (!machine || machine.state === 'destroyed') return
  try {
    migrateMachine(ground.client.world, machine)
    ground.volumes.push(...(machine.config.mounts ?? []).map(({ volume }) => volume))
  } catch (error) {
    // It may be in the middle of something, or find no other host.
    if (!(error instanceof FlyError)) throw error
  }
})

const BEHAVIOURS: readonly Behaviour[] = [
  { kind: 'steady' },
  { kind: 'steady' },
  { kind: 'crash', afterMs: 4_000, exitCode: 2, oom: false },
  { kind: 'launch-failure' },
  { kind: 'unlaunchable' },
]
const behave = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  const [steady] = BEHAVIOURS
  if (machine && steady) machine.behaviour = choose(BEHAVIOURS, step.n) ?? steady
})

const hang = befall((ground, step) => {
  const machine = pickMachine(ground, step)
  if (machine?.state === 'started') setHung(ground.client.world, machine, step.n % 2 === 0)
})

/** Lets a request reach the platform before time goes on. */
const arrive = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Something that is answered only when time has passed. */
const patiently =
  (milliseconds: number, ask: (ground: Ground, step: Step) => Promise<Reply>): Operation =>
  async (ground, step) => {
    const reply = ask(ground, step)
    for (let turns = 0; turns < 3; turns += 1) await arrive()
    await ground.client.advance(milliseconds)
    return reply
  }

const visit = patiently(10_000, ({ client, ids }, { pick, n }) => {
  const instance = n % 4 === 0 ? choose(ids, pick) : undefined
  return client.ask('GET', `/_apps/${choose(APPS, pick)}/api/health`, {
    headers: instance === undefined ? {} : { 'fly-force-instance-id': instance },
  })
})

const wait = patiently(5_000, (ground, step) => {
  const state = choose(['started', 'stopped', 'suspended', 'destroyed', 'failed', 'settled'], step.n)
  const app = pickMachine(ground, step)?.app ?? APPS[0]
  return ground.client.ask('GET', `/v1/apps/${app}/machines/${pickId(ground, step)}/wait?state=${state}&timeout=5`)
})

const pass =
  (milliseconds: (n: number) => number): Operation =>
  async ({ client }, { n }) => {
    await client.advance(milliseconds(n))
    return undefined
  }

/** Each as often as its number says, out of all together. */
const TIMES: [number, string, Operation][] = [
  [14, 'create', create],
  [10, 'update', update],
  [14, 'start', post('start')],
  [10, 'stop', post('stop', (n) => ({ signal: choose(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'], n), timeout: '3s' }))],
  [6, 'suspend', post('suspend')],
  [6, 'restart', post('restart')],
  [2, 'restart by force', post('restart?force_stop=true')],
  [4, 'signal', post('signal', (n) => ({ signal: choose(['SIGKILL', 'SIGTERM', 9, 'SIGHUP', 'QUIT'], n) }))],
  [4, 'destroy', destroy(false)],
  [3, 'destroy by force', destroy(true)],
  [5, 'lease', lease],
  [3, 'release', (ground, step) => write(ground, step, { method: 'DELETE', suffix: '/lease' })],
  [5, 'metadata', metadata],
  [2, 'mark', mark],
  [2, 'cordon', post('cordon')],
  [2, 'uncordon', post('uncordon')],
  [5, 'create volume', createVolume],
  [2, 'extend volume', ofVolume('PUT', '/extend', (n) => ({ size_gb: (n % 30) + 1 }))],
  [2, 'delete volume', ofVolume('DELETE', '', () => undefined)],
  [8, 'crash', crash],
  [4, 'behave', behave],
  [2, 'hang', hang],
  [6, 'host', host],
  [2, 'fill host', fill],
  [2, 'migrate', migrate],
  [3, 'connect', befall((ground, step) => openConnections(ground.client.world, pickId(ground, step), step.n % 40))],
  [2, 'autostop', befall(({ client }) => autostopPass(client.world))],
  [3, 'visit', visit],
  [2, 'wait', wait],
  [24, 'pass a moment', pass((n) => n % 700)],
  [8, 'pass seconds', pass((n) => n % 9_000)],
  [2, 'pass minutes', pass((n) => (n % 10) * 60_000)],
]

/** Rare, so that there is something to lose when they come. */
const RARE: [string, Operation][] = [
  ['delete app', recreateApp],
  ['pass hours', pass((n) => (n % 3) * 3_600_000)],
]

export const operations: ReadonlyMap<string, Operation> = new Map([
  ...TIMES.map(([, name, run]) => [name, run] as const),
  ...RARE,
])

export const names: readonly string[] = [
  ...Array.from({ length: 4 }, () =>
    TIMES.flatMap(([often, name]) => Array.from({ length: often }, () => name)),
  ).flat(),
  ...RARE.map(([name]) => name),
]
