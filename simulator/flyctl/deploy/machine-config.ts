import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { field, list, text } from '../api.ts'
import type { Deployment } from './deployment.ts'
import { type Group, groupOf, members, type Section } from './groups.ts'
import { guestFromFlags, guestOf } from './guest.ts'
import type { Release } from './release.ts'
import { compact, machineChecks, machineServices } from './services.ts'

/** The flyctl this one stands in for. */
const FLYCTL_VERSION = '0.4.87'

export interface Rollout {
  image: string
  release: Release
}

interface Wanted extends Rollout {
  group: string
  /** The config of a machine that exists. */
  before?: unknown
}

/**
 * The config a machine gets. fly.toml decides everything it can say; the rest stays as it was, such as a size
 * that `fly scale` set.
 */
export function machineConfig(deployment: Deployment, { group: name, before, ...rollout }: Wanted): Section {
  const { config, context } = deployment
  const group = groupOf(config, name)
  const old = members(before)
  const services = machineServices(group)
  return compact({
    ...old,
    ...sizeOf(group, { before: old.guest, otherwise: guestFromFlags(context.flags) }),
    image: rollout.image,
    init: compact({ cmd: group.command, swap_size_mb: field(config, 'swap_size_mb') }),
    env: environmentOf(deployment, name),
    services: services.length > 0 ? services : undefined,
    checks: machineChecks(group),
    mounts: mountsOf(group),
    files: filesOf(deployment, group),
    statics: undefined,
    metrics: metricsOf(group),
    stop_config: stopConfig(config),
    restart: restartOf(group),
    metadata: { ...members(old.metadata), ...metadataOf(name, rollout.release) },
  })
}

const sizeOf = ({ vm }: Group, { before, otherwise }: { before: unknown; otherwise: Section }): Section => ({
  guest: guestOf(vm) ?? before ?? otherwise,
})

export function metadataOf(group: string, { id, version }: Release): Section {
  return {
    fly_flyctl_version: FLYCTL_VERSION,
    fly_platform_version: 'v2',
    fly_process_group: group,
    fly_release_id: id,
    fly_release_version: String(version),
  }
}

/** What the program sees: `[env]`, `--env`, and where it is meant to be. What a machine had before is gone. */
export function environmentOf({ config, context }: Deployment, group: string): Section {
  const given = context.flags.list('env').map((pair) => pair.split(/=(.*)/s).slice(0, 2))
  const own = [...Object.entries(members(field(config, 'env'))), ...given]
  const region = text(config, 'primary_region')
  return {
    ...Object.fromEntries(own.map(([name = '', value = '']) => [name, String(value)])),
    FLY_PROCESS_GROUP: group,
    ...(region !== undefined && { PRIMARY_REGION: region }),
  }
}

function mountsOf({ mounts }: Group): Section[] | undefined {
  if (mounts.length === 0) return undefined
  return mounts.map(({ source, destination }) => ({ path: destination, name: source }))
}

function filesOf({ configDir }: Deployment, { files }: Group): Section[] | undefined {
  if (files.length === 0) return undefined
  return files.map(({ guest_path, local_path, raw_value, secret_name }) => {
    const content = typeof local_path === 'string' ? readFileSync(resolve(configDir, local_path)) : raw_value
    return compact({
      guest_path,
      secret_name,
      raw_value: content === undefined ? undefined : Buffer.from(String(content)).toString('base64'),
    })
  })
}

const metricsOf = ({ metrics }: Group): Section | undefined => metrics && { port: metrics.port, path: metrics.path }

export function stopConfig(config: unknown): Section | undefined {
  const [signal, timeout] = [field(config, 'kill_signal'), field(config, 'kill_timeout')]
  if (signal === undefined && timeout === undefined) return undefined
  return compact({ signal, timeout: typeof timeout === 'number' ? `${timeout}s` : timeout })
}

const POLICIES: Readonly<Record<string, string>> = { never: 'no', always: 'always', 'on-failure': 'on-failure' }

function restartOf({ restart }: Group): Section | undefined {
  if (!restart) return undefined
  return compact({ policy: POLICIES[String(restart.policy)] ?? restart.policy, max_retries: restart.retries })
}

export const processGroup = (config: unknown): string => text(field(config, 'metadata'), 'fly_process_group') ?? 'app'

/** Checks a config asks for, of the machine itself and of its services. */
export const countChecks = (config: unknown): number =>
  Object.keys(members(field(config, 'checks'))).length +
  list(field(config, 'services')).reduce<number>((sum, service) => sum + list(field(service, 'checks')).length, 0)
