import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { parse } from 'smol-toml'
import { text } from './api.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'

/** Where fly.toml is: `-c` may name a file or a folder. */
export function configPath({ flags, cwd }: Pick<Context, 'flags' | 'cwd'>): string {
  const given = flags.text('config')
  if (given === undefined) return join(cwd, 'fly.toml')
  const path = isAbsolute(given) ? given : resolve(cwd, given)
  return path.endsWith('.toml') ? path : join(path, 'fly.toml')
}

/** fly.toml as it stands; undefined when there is none. Throws flyctl's sentence when it cannot be read. */
export function readConfig(path: string): { toml: string; config: unknown } | undefined {
  if (!existsSync(path)) return undefined
  const toml = readFileSync(path, 'utf8')
  try {
    return { toml, config: parse(toml) }
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw new FlyctlError(`failed loading app config from ${path}: ${why}`)
  }
}

type Asked = Pick<Context, 'flags' | 'cwd' | 'env'>

/** `-a`, FLY_APP, or fly.toml. */
export function appNameIfAny(context: Asked): string | undefined {
  const { flags, env } = context
  return flags.text('app') || env.FLY_APP || text(readConfig(configPath(context))?.config, 'app')
}

export function appName(context: Asked): string {
  const name = appNameIfAny(context)
  if (name !== undefined) return name
  throw new FlyctlError(
    'the config for your app is missing an app name, add an app field to the fly.toml file or specify with the -a flag',
  )
}

/** What flaps says of the app, or flyctl's sentence when it is not there. */
export async function requireApp({ api }: Pick<Context, 'api'>, app: string): Promise<unknown> {
  const answer = await api.ask({ service: 'flaps', path: `/v1/apps/${encodeURIComponent(app)}` })
  if (answer.status === 404) throw new FlyctlError(`Could not find App "${app}"`)
  if (answer.status === 401) throw new FlyctlError('unauthorized')
  if (answer.status >= 400) throw new FlyctlError(`failed to get app: ${text(answer.body, 'error') ?? answer.status}`)
  return answer.body
}
