import { z } from 'zod'
import type { Reply } from '../../test/client.ts'
import {
  APPS,
  choose,
  createApp,
  type Ground,
  type Operation,
  pickId,
  pickMachine,
  REGIONS,
  requestOf,
  type Step,
  write,
} from './ground.ts'

const IMAGE = 'registry.fly.io/acme-docs:latest'
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

export const create: Operation = async (ground, step) => {
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

export const update: Operation = (ground, step) => {
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

export const post =
  (verb: string, body: (n: number) => unknown = () => ({})): Operation =>
  (ground, step) =>
    write(ground, step, { method: 'POST', suffix: `/${verb}`, body: body(step.n) })

export const destroy =
  (force: boolean): Operation =>
  async (ground, step) => {
    const reply = await write(ground, step, { method: 'DELETE', suffix: force ? '?force=true' : '' })
    if (force) ground.forced.add(requestOf(reply))
    return reply
  }

export const lease: Operation = async (ground, step) => {
  const reply = await write(ground, step, { method: 'POST', suffix: '/lease', body: { ttl: (step.n % 60) + 1 } })
  if (reply.status === 201) ground.nonces.set(pickId(ground, step), Lease.parse(reply.body).nonce)
  return reply
}

export const metadata: Operation = (ground, step) => {
  const value = step.n % 3 === 0 ? null : `value ${step.n}`
  const version = choose([undefined, pickMachine(ground, step)?.instanceId, 'OLD'], step.n >> 2)
  const body = { metadata: { key: value, [`k${step.n % 5}`]: 'x' }, machine_version: version }
  return write(ground, step, { method: step.n % 8 < 4 ? 'PATCH' : 'PUT', suffix: '/metadata', body })
}

export const mark: Operation = async (ground, step) => {
  const id = pickId(ground, step)
  const app = ground.client.world.machines.get(id)?.app ?? APPS[0]
  const path = `/v1/apps/${app}/machines/${id}/metadata/mark`
  return step.n % 3 === 0
    ? ground.client.ask('DELETE', path)
    : ground.client.ask('POST', path, { body: { value: String(step.n) } })
}

export const createVolume: Operation = async ({ client, volumes }, { pick, n }) => {
  const body = { name: 'data', region: choose(REGIONS, n), size_gb: (n % 9) + 1 }
  const reply = await client.ask('POST', `/v1/apps/${choose(APPS, pick)}/volumes`, { body })
  if (reply.status === 200) volumes.push(Made.parse(reply.body).id)
  return reply
}

export const ofVolume =
  (method: string, suffix: string, body: (n: number) => unknown): Operation =>
  ({ client, volumes }, { pick, n }) => {
    const id = choose(volumes, pick) ?? 'none'
    const app = client.world.volumes.get(id)?.app ?? APPS[0]
    return client.ask(method, `/v1/apps/${app}/volumes/${id}${suffix}`, { body: body(n) })
  }

export const recreateApp: Operation = async (ground, step) => {
  const app = choose(APPS, step.pick) ?? ''
  const reply = await ground.client.ask('DELETE', `/v1/apps/${app}?force=true`)
  ground.forced.add(requestOf(reply))
  await createApp(ground, app)
  return reply
}

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

export const visit = patiently(10_000, ({ client, ids }, { pick, n }) => {
  const instance = n % 4 === 0 ? choose(ids, pick) : undefined
  return client.ask('GET', `/_apps/${choose(APPS, pick)}/api/health`, {
    headers: instance === undefined ? {} : { 'fly-force-instance-id': instance },
  })
})

export const wait = patiently(5_000, (ground, step) => {
  const state = choose(['started', 'stopped', 'suspended', 'destroyed', 'failed', 'settled'], step.n)
  const app = pickMachine(ground, step)?.app ?? APPS[0]
  return ground.client.ask('GET', `/v1/apps/${app}/machines/${pickId(ground, step)}/wait?state=${state}&timeout=5`)
})
