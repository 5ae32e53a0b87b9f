import { execForm, type Instruction } from './dockerfile.ts'
import { expand, readPairs } from './variables.ts'

/** The part of an image that says how it runs, in the words of the OCI image specification. */
export interface ImageConfig {
  User: string
  WorkingDir: string
  Env: string[]
  Cmd: string[] | null
  Entrypoint: string[] | null
  ExposedPorts: Record<string, Record<string, never>>
  Volumes: Record<string, Record<string, never>>
  Labels: Record<string, string>
  StopSignal: string
}

/** What an image of somebody else's brings along: enough for a program to be found. */
export const baseConfig = (): ImageConfig => ({
  User: '',
  WorkingDir: '/',
  Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  Cmd: ['/bin/sh'],
  Entrypoint: null,
  ExposedPorts: {},
  Volumes: {},
  Labels: {},
  StopSignal: '',
})

/** The config after one more instruction. */
export function configAfter(
  config: ImageConfig,
  { name, rest }: Instruction,
  variables: ReadonlyMap<string, string>,
): ImageConfig {
  const said = expand(rest, variables)
  switch (name) {
    case 'ENV':
      return { ...config, Env: mergeEnv(config.Env, readPairs(said)) }
    case 'LABEL':
      return { ...config, Labels: { ...config.Labels, ...Object.fromEntries(readPairs(said)) } }
    case 'USER':
      return { ...config, User: said }
    case 'WORKDIR':
      return { ...config, WorkingDir: said.startsWith('/') ? said : `${config.WorkingDir.replace(/\/$/, '')}/${said}` }
    case 'EXPOSE':
      return { ...config, ExposedPorts: { ...config.ExposedPorts, ...marks(said.split(/\s+/).map(withProtocol)) } }
    case 'VOLUME':
      return { ...config, Volumes: { ...config.Volumes, ...marks(execForm(said) ?? said.split(/\s+/)) } }
    case 'CMD':
      return { ...config, Cmd: command(rest) }
    case 'ENTRYPOINT':
      return { ...config, Entrypoint: command(rest), Cmd: null }
    case 'STOPSIGNAL':
      return { ...config, StopSignal: said }
    default:
      return config
  }
}

const command = (rest: string): string[] => execForm(rest) ?? ['/bin/sh', '-c', rest]
const withProtocol = (port: string): string => (port.includes('/') ? port.toLowerCase() : `${port}/tcp`)
const marks = (names: string[]): Record<string, Record<string, never>> =>
  Object.fromEntries(names.map((name) => [name, {}]))

function mergeEnv(before: string[], pairs: [string, string][]): string[] {
  const names = new Set(pairs.map(([name]) => name))
  const kept = before.filter((entry) => !names.has(entry.slice(0, entry.indexOf('='))))
  return [...kept, ...pairs.map(([name, value]) => `${name}=${value}`)]
}
