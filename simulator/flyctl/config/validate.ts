import { appNameIfAny, configPath, readConfig } from '../app-name.ts'
import { checkConfig, unknownKeys } from '../config-rules.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { remoteConfig } from './remote.ts'

export async function validate(context: Context): Promise<void> {
  const { flags, stdout } = context
  const { path, config } = await chosen(context)
  stdout(`Validating ${path}`)
  const problems = checkConfig(config)
  for (const problem of problems) stdout(problem)
  if (problems.length > 0) {
    stdout('   \u001b[31m✘\u001b[0minvalid app configuration\n')
    throw new FlyctlError('App configuration is not valid')
  }
  stdout('\u001b[32m✓\u001b[0m Configuration is valid')
  stdout('')
  const unknown = flags.on('strict') ? unknownKeys(config) : []
  if (unknown.length === 0) return
  stdout('\nStrict validation found unrecognised sections or keys:')
  for (const key of unknown) stdout(`  - ${key}`)
  stdout('\n')
  throw new FlyctlError('strict validation failed')
}

/** fly.toml, or where there is none what the app runs with. */
async function chosen(context: Context): Promise<{ path: string; config: unknown }> {
  const given = context.flags.text('config')
  const path = configPath(context)
  const read = readConfig(path)
  if (read) return { path: given ?? path, config: read.config }
  if (given !== undefined)
    throw new FlyctlError(`config file not found at specified path: ${given} (also tried: ${given}/fly.toml)`)
  const app = appNameIfAny(context)
  if (app === undefined) throw new FlyctlError(`the app config at ${path} could not be found`)
  return { path: '--config path unset--', config: await remoteConfig(context, app) }
}
