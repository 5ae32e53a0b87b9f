import { field } from '../api.ts'
import type { Deployment } from './deployment.ts'
import { members } from './groups.ts'

/** `[build.args]`, and `--build-arg NAME=value` before it. */
export function buildArguments({ config, context }: Pick<Deployment, 'config' | 'context'>): Record<string, string> {
  const configured = Object.entries(members(field(field(config, 'build'), 'args')))
  const given = context.flags.list('build-arg').map((pair): [string, unknown] => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return [name, value]
  })
  return Object.fromEntries([...configured, ...given].map(([name, value]) => [name, String(value)]))
}
