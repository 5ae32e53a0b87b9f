import { field, list, text } from './api.ts'

const STRATEGIES = new Set(['canary', 'rolling', 'immediate', 'bluegreen'])

/** Top-level keys and sections of fly.toml (Fly's configuration reference, and what flyctl still patches). */
const KNOWN = new Set(
  `app primary_region kill_signal kill_timeout swap_size_mb console_command host_dedication_id machine_config container
  env processes build deploy http_service services checks mounts mount vm compute restart statics files metrics metric
  experimental`.split(/\s+/),
)

/** Keys flyctl does not know: a strict validation refuses them. */
export function unknownKeys(config: unknown): string[] {
  const keys = typeof config === 'object' && config !== null ? Object.keys(config) : []
  return keys.filter((key) => !KNOWN.has(key))
}

/** What flyctl's validation finds, one sentence each. */
export const checkConfig = (config: unknown): string[] => [
  ...checkStrategy(config),
  ...checkMounts(config),
  ...checkChecks(config),
]

function checkStrategy(config: unknown): string[] {
  const strategy = text(field(config, 'deploy'), 'strategy')
  if (strategy === undefined) return []
  if (!STRATEGIES.has(strategy))
    return [
      `unsupported deployment strategy '${strategy}'; Apps v2 supports the following strategies: canary, rolling, immediate, bluegreen`,
    ]
  const mounts = tables(config, 'mounts').length > 0
  return strategy === 'canary' && mounts
    ? ['error canary deployment strategy is not supported when using mounted volumes']
    : []
}

function checkMounts(config: unknown): string[] {
  return tables(config, 'mounts').flatMap((mount) => {
    const destination = text(mount, 'destination')
    if (destination === undefined || destination === '/') return ['mount destination must be set, and cannot be /']
    return text(mount, 'source') === undefined ? [`mount of ${destination} has no source`] : []
  })
}

function checkChecks(config: unknown): string[] {
  const checks = field(config, 'checks')
  if (typeof checks !== 'object' || checks === null) return []
  return Object.entries(checks).flatMap(([name, check]) => {
    const type = text(check, 'type')
    if (type !== 'http' && type !== 'tcp') return [`check '${name}' has no valid type, use http or tcp`]
    return typeof field(check, 'port') === 'number' ? [] : [`check '${name}' has no port`]
  })
}

/** `[mounts]` and `[[mounts]]` mean the same. */
const tables = (config: unknown, name: string): unknown[] => {
  const value = field(config, name)
  if (value === undefined) return []
  return Array.isArray(value) ? list(value) : [value]
}
