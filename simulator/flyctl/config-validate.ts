import { list } from './api.ts'
import { configPath, readConfig } from './app-name.ts'
import { checkConfig } from './config-rules.ts'
import type { Context } from './context.ts'
import { FlyctlError } from './failure.ts'

export async function validateConfig(context: Context): Promise<void> {
  const { flags, stdout } = context
  const path = configPath(context)
  const read = readConfig(path)
  if (!read) throw new FlyctlError(`the app config at ${path} could not be found`)
  stdout(`Validating ${path}`)
  const problems = checkConfig(read.config, flags.on('strict'))
  if (list(problems).length === 0) return stdout('\u001b[32m✓\u001b[0m Configuration is valid')
  for (const problem of problems) stdout(`\u001b[31m✘\u001b[0m ${problem}`)
  throw new FlyctlError('App configuration is not valid')
}
