import { field, list } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import type { Flags } from '../flags.ts'
import { unknownSize, VM_SIZES } from '../platform/vm-sizes.ts'

type Settings = Record<string, unknown>

export const settings = (value: unknown): Settings =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

/** A machine's config with what the flags say put into it. */
export function changedConfig({ flags }: Pick<Context, 'flags'>, before: unknown): Settings {
  const [, ...words] = flags.rest
  const command = flags.text('command') ?? (words.length > 0 ? words.join(' ') : undefined)
  const entrypoint = flags.text('entrypoint')
  const init = {
    ...settings(field(before, 'init')),
    ...(command === undefined ? {} : { cmd: command.split(/\s+/) }),
    ...(entrypoint === undefined ? {} : { entrypoint: entrypoint.split(/\s+/) }),
  }
  const restart = flags.text('restart') ?? (flags.on('rm') ? 'no' : undefined)
  return {
    ...settings(parsedConfig(flags)),
    ...settings(before),
    ...(Object.keys(init).length > 0 && { init }),
    guest: changedGuest(flags, field(before, 'guest')),
    ...merged(before, 'env', pairs(flags, 'env')),
    ...merged(before, 'metadata', pairs(flags, 'metadata')),
    ...(restart === undefined ? {} : { restart: { policy: RESTART[restart] ?? restart } }),
    ...(flags.text('schedule') === undefined ? {} : { schedule: flags.text('schedule') }),
    ...(flags.on('rm') ? { auto_destroy: true } : {}),
    ...services(flags, before),
  }
}

const RESTART: Readonly<Record<string, string>> = { 'on-fail': 'on-failure', never: 'no' }

function parsedConfig(flags: Flags): unknown {
  const given = flags.text('machine-config')
  if (given === undefined) return {}
  try {
    return JSON.parse(given)
  } catch (error) {
    throw new FlyctlError(`failed to parse machine config: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function merged(before: unknown, name: string, added: Settings): Settings {
  const all = { ...settings(field(before, name)), ...added }
  return Object.keys(all).length > 0 ? { [name]: all } : {}
}

function pairs(flags: Flags, name: string): Settings {
  return Object.fromEntries(
    flags.list(name).map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new FlyctlError(`invalid ${name} '${pair}': must be in the form of NAME=VALUE`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

export function changedGuest(flags: Flags, before: unknown): Settings {
  const size = flags.text('vm-size')
  const known = size === undefined ? undefined : VM_SIZES[size]
  if (size !== undefined && known === undefined) throw unknownSize(size)
  const memory = flags.text('vm-memory')
  return {
    ...(before === undefined ? VM_SIZES['shared-cpu-1x'] : settings(before)),
    ...known,
    ...(flags.text('vm-cpu-kind') === undefined ? {} : { cpu_kind: flags.text('vm-cpu-kind') }),
    ...(flags.number('vm-cpus') === undefined ? {} : { cpus: flags.number('vm-cpus') }),
    ...(memory === undefined ? {} : { memory_mb: megabytes(memory) }),
  }
}

/** `512`, `512mb`, `2gb`. */
function megabytes(said: string): number {
  const [, amount = '', unit = ''] = /^(\d+)\s*(mb|gb)?$/i.exec(said) ?? []
  if (amount === '') throw new FlyctlError(`invalid memory size '${said}'`)
  return Number(amount) * (unit.toLowerCase() === 'gb' ? 1024 : 1)
}

/** `80:8080/tcp:http`, once per outside port. */
function services(flags: Flags, before: unknown): Settings {
  const added = flags.list('port').map((said) => {
    const [ports = '', ...protocols] = said.split('/')
    const [outside = '', inside = outside] = ports.split(':')
    const [protocol = 'tcp', ...handlers] = (protocols[0] ?? '').split(':')
    return { protocol, internal_port: Number(inside), ports: [{ port: Number(outside), handlers }], autostop: 'off' }
  })
  const all = [...list(field(before, 'services')), ...added]
  return all.length > 0 ? { services: all } : {}
}
