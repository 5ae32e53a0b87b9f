import { z } from 'zod'
import { Guest, type Image, type MachineCheck } from '#shared/contracts/fleet.ts'
import { parseImageReference } from '#shared/machines/image-reference.ts'
import type { ExitEvent, FlyEvent } from '#shared/machines/machine-events.ts'
import { itemsOf, maybe, maybeItemsOf, Texts, Time } from './lenient.ts'

/** A machine as the Machines API tells it, in our words. Lists of an organization fill in less of it. */
export interface FlyMachine {
  id: string
  name: string
  app: string
  state: string
  region: string
  /** Version of the configuration (ULID). */
  instanceId?: string | undefined
  privateIp?: string | undefined
  createdAt: number
  updatedAt: number
  hostStatus: 'ok' | 'unknown' | 'unreachable'
  /** Absent while the host does not answer. */
  config?: FlyMachineConfig | undefined
  image?: Image | undefined
  events: FlyEvent[]
  checks: MachineCheck[]
}

export interface FlyMachineConfig {
  image?: Image | undefined
  guest?: Guest | undefined
  env: Record<string, string>
  metadata: Record<string, string>
  mounts: FlyMount[]
  /** Answers http or https from outside once the app has an address. */
  isPublic: boolean
  restartPolicy?: string | undefined
  autoDestroy: boolean
}

export interface FlyMount {
  volumeId: string
  path: string
  name?: string | undefined
}

const RawExit = z.object({
  exit_code: maybe(z.int()),
  signal: maybe(z.int()),
  oom_killed: maybe(z.boolean()),
  requested_stop: maybe(z.boolean()),
  restarting: maybe(z.boolean()),
  error: maybe(z.string()),
})

const RawRequest = z.object({
  exit_event: maybe(RawExit),
  // Older hosts nest it (flyctl source).
  MonitorEvent: maybe(z.object({ exit_event: maybe(RawExit) })),
  restart_count: maybe(z.int()),
})

const RawEvent = z
  .object({
    id: z.string().catch(''),
    type: z.string(),
    status: z.string().catch(''),
    source: z.string().catch(''),
    timestamp: z.number().catch(0),
    request: maybe(RawRequest),
  })
  .transform(({ id, type, status, source, timestamp, request }): FlyEvent => {
    const exit = request?.MonitorEvent?.exit_event ?? request?.exit_event
    return {
      id: id || `${type}-${timestamp}`,
      type,
      status,
      source,
      at: Math.trunc(timestamp),
      exit: exit && exitOf(exit),
      restartCount: request?.restart_count,
      migrated: type === 'launch' && status === 'created' && source === 'flyd',
    }
  })

function exitOf(raw: z.infer<typeof RawExit>): ExitEvent {
  return {
    exitCode: raw.exit_code,
    signal: raw.signal,
    oomKilled: raw.oom_killed,
    requestedStop: raw.requested_stop,
    restarting: raw.restarting,
    error: raw.error || undefined,
  }
}

const RawGuest = z
  .object({ cpu_kind: Guest.shape.cpuKind, cpus: z.int().positive(), memory_mb: z.int().positive() })
  .transform(({ cpu_kind, cpus, memory_mb }): Guest => ({ cpuKind: cpu_kind, cpus, memoryMb: memory_mb }))

const RawMount = z
  .object({ volume: z.string(), path: z.string().catch(''), name: maybe(z.string()) })
  .transform(({ volume, path, name }): FlyMount => ({ volumeId: volume, path, name: name || undefined }))

const RawService = z.object({
  ports: maybeItemsOf(z.object({ handlers: maybeItemsOf(z.string()) })),
})

const RawConfig = z
  .object({
    image: maybe(z.string()),
    guest: maybe(RawGuest),
    env: Texts,
    metadata: Texts,
    mounts: maybeItemsOf(RawMount),
    services: maybeItemsOf(RawService),
    restart: maybe(z.object({ policy: maybe(z.string()) })),
    auto_destroy: z.boolean().catch(false),
  })
  .transform(
    ({ image, guest, env, metadata, mounts, services, restart, auto_destroy }): FlyMachineConfig => ({
      image: image === undefined ? undefined : parseImageReference(image),
      guest,
      env,
      metadata,
      mounts,
      isPublic: services.some(({ ports }) => ports.some(({ handlers }) => handlers.includes('http'))),
      restartPolicy: restart?.policy,
      autoDestroy: auto_destroy,
    }),
  )

const RawImage = z
  .object({
    registry: maybe(z.string()),
    repository: z.string().min(1),
    tag: maybe(z.string()),
    digest: maybe(z.string()),
  })
  .transform(
    ({ registry, repository, tag, digest }): Image => ({
      repository: registry ? `${registry}/${repository}` : repository,
      ...(tag ? { tag } : {}),
      ...(digest ? { digest } : {}),
    }),
  )

// Checks of this name are flyctl's own, for the time of a bluegreen deployment (Fly docs, health checks).
const HIDDEN_CHECK = 'bg_deployments_compat'

const RawCheck = z
  .object({
    name: z.string(),
    status: z.enum(['passing', 'warning', 'critical']).catch('critical'),
    output: z.string().catch(''),
    updated_at: Time,
  })
  .transform(
    ({ name, status, output, updated_at }): MachineCheck => ({
      name,
      status,
      output,
      ...(updated_at > 0 ? { updatedAt: updated_at } : {}),
    }),
  )

const RawMachine = z.object({
  id: z.string().min(1),
  name: z.string().catch(''),
  app_name: maybe(z.string()),
  state: z.string(),
  region: z.string().catch(''),
  instance_id: maybe(z.string()),
  // What the list of an organization calls the instance id.
  version: maybe(z.string()),
  private_ip: maybe(z.string()),
  created_at: Time,
  updated_at: Time,
  host_status: z.enum(['ok', 'unknown', 'unreachable']).catch('ok'),
  config: maybe(RawConfig),
  incomplete_config: maybe(RawConfig),
  image_ref: maybe(RawImage),
  events: maybeItemsOf(RawEvent),
  checks: maybeItemsOf(RawCheck),
})

/** A machine of a known app. Only lists of an organization name the app themselves. */
export function machineSchema(app: string) {
  return RawMachine.transform((raw) => machineOf(raw, app))
}

/** Machines of a list; one that cannot be read does not hide the others. */
export const machinesSchema = (app: string) => itemsOf(machineSchema(app))

/** In the list of an organization a machine without its app is of no use. */
export const OrgMachine = RawMachine.extend({ app_name: z.string().min(1) }).transform((raw) =>
  machineOf(raw, raw.app_name),
)

function machineOf(raw: z.infer<typeof RawMachine>, app: string): FlyMachine {
  // A host that does not answer leaves a partial configuration: good for showing, not for changing.
  const config = raw.config ?? raw.incomplete_config
  return {
    id: raw.id,
    name: raw.name || raw.id,
    app,
    state: raw.state,
    region: raw.region,
    instanceId: raw.instance_id ?? raw.version,
    privateIp: raw.private_ip || undefined,
    createdAt: raw.created_at,
    updatedAt: raw.updated_at,
    hostStatus: raw.host_status,
    config,
    image: raw.image_ref ?? config?.image,
    events: raw.events,
    checks: raw.checks.filter(({ name }) => !name.startsWith(HIDDEN_CHECK)),
  }
}
