import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { stringify } from 'smol-toml'
import { appName, configPath } from '../app-name.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { remoteConfig } from './remote.ts'
import { header } from './show.ts'

export async function save(context: Context): Promise<void> {
  const { flags, stdout } = context
  const app = appName(context)
  const path = configPath(context)
  const config = await remoteConfig(context, app)
  // Over a file that is there only with `--yes`.
  if (existsSync(path) && !flags.on('yes')) throw new FlyctlError('prompt: non interactive')
  await writeFile(path, `${[...header(app), stringify(config)].join('\n')}\n`)
  stdout(`Wrote config file ${relative(context.cwd, path)}`)
}
