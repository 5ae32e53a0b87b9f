import { field, list, text } from '../api.ts'
import type { Deployment } from './deployment.ts'
import { processGroup } from './machine-config.ts'

/** A machine as the API shows it. */
export interface Launched {
  id: string
  name: string | undefined
  region: string
  state: string
  group: string
  hostOk: boolean
  config: unknown
}

/** Groups that are no part of the app: release commands, tests, consoles. */
const RESERVED = /^fly_app_/
export const RELEASE_COMMAND = 'fly_app_release_command'

export async function listMachines({ context, app }: Deployment): Promise<Launched[]> {
  const machines = list(await context.api.get({ service: 'flaps', path: `/v1/apps/${app}/machines` })).map(readMachine)
  return machines.filter(({ state }) => state !== 'destroyed' && state !== 'destroying')
}

export function readMachine(machine: unknown): Launched {
  const config = field(machine, 'config') ?? field(machine, 'incomplete_config')
  return {
    id: text(machine, 'id') ?? '',
    name: text(machine, 'name'),
    region: text(machine, 'region') ?? '',
    state: text(machine, 'state') ?? '',
    group: processGroup(config),
    hostOk: (text(machine, 'host_status') ?? 'ok') === 'ok',
    config,
  }
}

/** Whether Fly Launch made it and a deploy is to look after it. */
export const isOfLaunch = ({ config, group }: Launched): boolean =>
  text(field(config, 'metadata'), 'fly_platform_version') === 'v2' && !RESERVED.test(group)

const FILTERS: Readonly<Record<string, (machine: Launched, given: string[]) => boolean>> = {
  regions: ({ region }, given) => given.includes(region),
  'exclude-regions': ({ region }, given) => !given.includes(region),
  'only-machines': ({ id }, given) => given.includes(id),
  'exclude-machines': ({ id }, given) => !given.includes(id),
  'process-groups': ({ group }, given) => given.includes(group),
}

/** The machines that this deploy is for: all of Fly Launch, or those the flags name. */
export function chosen({ context: { flags, stderr } }: Deployment, machines: Launched[]): Launched[] {
  const applied = Object.keys(FILTERS).filter((name) => flags.list(name).length > 0)
  const left = machines.filter((machine) => applied.every((name) => FILTERS[name]?.(machine, flags.list(name))))
  const names = applied.map((name) => `--${name}`).join('/')
  const plural = applied.length > 1 ? 's' : ''
  if (applied.length > 0)
    stderr(`${names} filter${plural} applied, deploying to ${left.length}/${machines.length} machines`)
  return left
}

/** `4d89… [app]`, as flyctl names a machine. */
export const named = ({ id, group }: Pick<Launched, 'id' | 'group'>): string => `${id} [${group}]`
