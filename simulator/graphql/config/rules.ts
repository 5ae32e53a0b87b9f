import { duration } from './amounts.ts'
import { checkErrors } from './check-rules.ts'
import { mountErrors } from './mount-rules.ts'
import { serviceErrors } from './service-rules.ts'
import { FlyConfig, groupsOf } from './shape.ts'
import { sizeErrors } from './size-rules.ts'

type Rule = (config: FlyConfig) => string[]

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGKILL', 'SIGSTOP']
const STRATEGIES = ['canary', 'rolling', 'immediate', 'bluegreen']
/** Seconds (Fly docs, configuration). */
const LONGEST_KILL_TIMEOUT = 300

const stopping: Rule = ({ kill_signal: signal, kill_timeout: timeout }) => {
  const milliseconds = timeout === undefined ? 0 : duration(timeout, 1000)
  return [
    ...(signal !== undefined && !SIGNALS.includes(signal)
      ? [`kill_signal '${signal}' is not one of ${SIGNALS.join(', ')}`]
      : []),
    ...(milliseconds === undefined ? [`kill_timeout '${timeout}' is not a duration`] : []),
    ...((milliseconds ?? 0) > LONGEST_KILL_TIMEOUT * 1000
      ? [`kill_timeout must not exceed ${LONGEST_KILL_TIMEOUT} seconds`]
      : []),
  ]
}

const environment: Rule = ({ env }) =>
  Object.keys(env)
    .filter((name) => name.startsWith('FLY_'))
    .map((name) => `env: ${name} must not begin with FLY_`)

/** A quote that is opened and never closed. */
const splits = (line: string) => !/['"\\]/.test(line.replaceAll(/\\.|'[^']*'|"(\\.|[^"\\])*"/gs, ''))

const commands: Rule = ({ console_command: shell = '', deploy, processes }) => {
  const lines = { console_command: shell, release_command: deploy?.release_command ?? '', ...processes }
  return Object.entries(lines).flatMap(([name, line]) =>
    splits(line) ? [] : [`Can't shell split ${name} command: '${line}'`],
  )
}

const deploying: Rule = ({ deploy: { strategy, max_unavailable: share, ...times } = {}, mounts }) => [
  ...(strategy !== undefined && !STRATEGIES.includes(strategy)
    ? [`unsupported deployment strategy '${strategy}'; supported strategies are ${STRATEGIES.join(', ')}`]
    : []),
  ...(strategy === 'canary' && mounts.length > 0
    ? ['error canary deployment strategy is not supported when using mounted volumes']
    : []),
  ...(share !== undefined && share <= 0 ? ['deploy.max_unavailable must be greater than 0'] : []),
  ...[times.release_command_timeout, times.wait_timeout].flatMap((time) =>
    time === undefined || duration(time, 1000) !== undefined ? [] : [`'${time}' is not a duration`],
  ),
]

const POLICIES = ['always', 'never', 'on-failure', 'on-fail', 'no']

const restarting: Rule = ({ restart }) =>
  restart.flatMap(({ policy }) =>
    policy === undefined || POLICIES.includes(policy)
      ? []
      : [`restart policy '${policy}' is not always, never or on-failure`],
  )

const compressing: Rule = ({ build: { compression, compression_level: level } = {} }) => [
  ...(compression !== undefined && compression !== 'gzip' && compression !== 'zstd'
    ? [`build.compression must be gzip or zstd, not '${compression}'`]
    : []),
  ...(level !== undefined && (level < 0 || level > 9) ? ['build.compression_level must be from 0 to 9'] : []),
]

const contents: Rule = ({ statics, files }) => [
  ...(statics.length > 10 ? ['at most 10 statics are allowed'] : []),
  ...statics.flatMap(({ guest_path: path, url_prefix: prefix }) =>
    path && prefix ? [] : ['statics need a guest_path and a url_prefix'],
  ),
  ...files.flatMap(({ guest_path: path, raw_value: raw, local_path: local, secret_name: secret }) =>
    path && [raw, local, secret].filter((source) => source !== undefined).length === 1
      ? []
      : ['files need a guest_path and one of raw_value, local_path and secret_name'],
  ),
]

/** Sections may name only groups that there are. */
const groups: Rule = (config) => {
  const known = groupsOf(config)
  const named = [config.vm, config.restart, config.files, config.metrics, config.mounts, Object.values(config.checks)]
  const unknown = named.flatMap((sections) =>
    sections.flatMap(({ processes = [] }) => processes.filter((name) => !known.includes(name))),
  )
  return [...new Set(unknown)].map((name) => `process group '${name}' is not in the processes section`)
}

const RULES = [
  stopping,
  environment,
  commands,
  deploying,
  checkErrors,
  serviceErrors,
  mountErrors,
  sizeErrors,
  restarting,
  compressing,
  contents,
  groups,
]

/** What is wrong with a fly.toml that came as JSON: what flyctl's own check refuses, as far as the file alone tells. */
export function configErrors(definition: unknown): string[] {
  const read = FlyConfig.safeParse(definition)
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.') || 'config'}: ${message}`)
  return RULES.flatMap((rule) => rule(read.data))
}
