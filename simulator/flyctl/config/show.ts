import { stringify } from 'smol-toml'
import { appName, configPath, readConfig } from '../app-name.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { goJson } from '../go/json.ts'
import { settings } from '../machine/config.ts'
import { remoteConfig } from './remote.ts'

export async function show(context: Context): Promise<void> {
  const { flags, stdout } = context
  const app = appName(context)
  const config = flags.on('local') ? localConfig(context) : await remoteConfig(context, app)
  if (!flags.on('toml')) return stdout(spaced(goJson(config, 2)))
  for (const line of header(app)) stdout(line)
  stdout(stringify(config))
}

/** An empty line in front of every member that spans lines, but for the first. */
const spaced = (json: string): string => json.replace(/,\n(?= *"[^"\n]+": [[{]\n)/g, ',\n\n')

function localConfig(context: Context): Record<string, unknown> {
  const read = readConfig(configPath(context))
  if (!read) throw new FlyctlError(`No local fly.toml found`)
  return settings(read.config)
}

/** What stands above a fly.toml that flyctl writes. */
export const header = (app: string, now = new Date()): string[] => [
  `# fly.toml app configuration file generated for ${app} on ${now.toISOString().replace(/\.\d+Z$/, 'Z')}`,
  '#',
  '# See https://fly.io/docs/reference/configuration/ for information about how to use this file.',
  '#',
  '',
]
