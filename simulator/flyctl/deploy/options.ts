import { field } from '../api.ts'
import type { Flags } from '../flags.ts'

/** What a deploy was told about how to go. */
export interface Options {
  /** Milliseconds for a machine to start and to become healthy. */
  waitMs: number
  /** Milliseconds for the release command. */
  releaseCommandMs: number
  smokeChecks: boolean
  healthChecks: boolean
  dnsChecks: boolean
  releaseCommand: boolean
  /** A second machine for each group. */
  ha: boolean
  updateOnly: boolean
  /** Machines at a time: a count, or a share of them below 1. */
  maxUnavailable: number
  maxConcurrent: number
  volumeSizeGb: number | undefined
}

/** flyctl's own figures: five minutes to wait, a third of the machines, eight at once. */
const WAIT = '5m'
const UNAVAILABLE = 0.33
const CONCURRENT = 8

export function readOptions(flags: Flags, config: unknown): Options {
  const deploy = field(config, 'deploy')
  const detach = flags.on('detach')
  const unavailable = flags.number('max-unavailable') ?? field(deploy, 'max_unavailable')
  return {
    waitMs: milliseconds(flags.text('wait-timeout') ?? field(deploy, 'wait_timeout') ?? WAIT),
    releaseCommandMs: milliseconds(
      flags.text('release-command-timeout') ?? field(deploy, 'release_command_timeout') ?? WAIT,
    ),
    smokeChecks: !detach && flags.on('smoke-checks', true),
    healthChecks: !detach,
    dnsChecks: !detach && flags.on('dns-checks', true),
    releaseCommand: !flags.on('skip-release-command'),
    ha: flags.on('ha', true),
    updateOnly: flags.on('update-only'),
    maxUnavailable: typeof unavailable === 'number' ? unavailable : UNAVAILABLE,
    maxConcurrent: Math.max(1, flags.number('max-concurrent') ?? CONCURRENT),
    volumeSizeGb: flags.number('volume-initial-size'),
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `5m`, `1m30s`, or a number of seconds. */
export function milliseconds(duration: unknown): number {
  if (typeof duration === 'number' || /^\d+$/.test(String(duration))) return Number(duration) * 1000
  const parts = [...String(duration).matchAll(/([\d.]+)(ms|s|m|h)/g)]
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNIT_MS[unit] ?? 0), 0)
}
