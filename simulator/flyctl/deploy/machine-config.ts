import { field, list, text } from '../api.ts'
import type { Release } from './release.ts'

interface NewConfig {
  /** fly.toml, parsed. */
  toml: unknown
  /** The machine's config so far; undefined for a new machine. */
  before: unknown
  image: string
  release: Release
}

/** The config a machine gets: what it had, with the image, release, environment, services and checks of this deploy. */
export function machineConfig({ toml, before, image, release }: NewConfig): Record<string, unknown> {
  const services = httpServices(toml)
  return {
    ...(before === undefined
      ? { guest: guestOf(toml), restart: { policy: 'on-failure', max_retries: 10 } }
      : members(before)),
    image,
    env: { ...members(field(before, 'env')), ...texts(field(toml, 'env')) },
    ...(services.length > 0 && { services }),
    metadata: {
      ...members(field(before, 'metadata')),
      fly_platform_version: 'v2',
      fly_process_group: processGroup(before),
      fly_release_id: release.id,
      fly_release_version: String(release.version),
    },
  }
}

export const processGroup = (config: unknown): string => text(field(config, 'metadata'), 'fly_process_group') ?? 'app'

function httpServices(toml: unknown): unknown[] {
  const http = field(toml, 'http_service')
  if (http === undefined) return []
  const checks = list(field(http, 'checks')).map((check) => ({ type: 'http', ...members(check) }))
  const stop = field(http, 'auto_stop_machines')
  const automatic = field(http, 'auto_start_machines')
  return [
    {
      protocol: 'tcp',
      internal_port: field(http, 'internal_port') ?? 8080,
      autostart: automatic ?? true,
      autostop: typeof stop === 'string' ? stop : stop === true ? 'stop' : 'off',
      min_machines_running: field(http, 'min_machines_running') ?? 0,
      ports: [
        { port: 80, handlers: ['http'], force_https: field(http, 'force_https') === true },
        { port: 443, handlers: ['tls', 'http'] },
      ],
      ...(checks.length > 0 && { checks }),
    },
  ]
}

const MEGABYTES: Readonly<Record<string, number>> = { mb: 1, gb: 1024 }

function guestOf(toml: unknown): Record<string, unknown> {
  const [vm] = list(field(toml, 'vm'))
  const memory = field(vm, 'memory')
  const [, amount, unit] = /^(\d+)\s*(mb|gb)?$/i.exec(String(memory ?? '256')) ?? []
  return {
    cpu_kind: text(vm, 'cpu_kind') ?? 'shared',
    cpus: field(vm, 'cpus') ?? 1,
    memory_mb: Number(amount ?? 256) * (MEGABYTES[unit?.toLowerCase() ?? 'mb'] ?? 1),
  }
}

const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(members(value)).map(([name, member]) => [name, String(member)]))
