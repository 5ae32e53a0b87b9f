import { field, list, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import type { Deployment } from './deployment.ts'
import type { Section } from './groups.ts'
import type { Launched } from './launched-machines.ts'
import { machineConfig, type Rollout } from './machine-config.ts'
import type { FreeVolumes } from './volumes.ts'

/** What is asked of the API for one machine. */
export interface LaunchInput {
  region: string | undefined
  config: Section
  skipLaunch: boolean
  /** It cannot be changed in place: another one takes its place. */
  replace: boolean
}

interface Making extends Rollout {
  volumes: FreeVolumes
}

export function inputForLaunch(
  deployment: Deployment,
  { group, standbyFor, volumes, ...rollout }: Making & { group: string; standbyFor?: string },
): LaunchInput {
  const config = machineConfig(deployment, { ...rollout, group })
  const region = text(deployment.config, 'primary_region')
  const [mount] = list(config.mounts)
  if (mount !== undefined)
    config.mounts = [withVolume(mount, { volumes, region, who: `New machine in group '${group}'` })]
  if (standbyFor !== undefined) config.standbys = [standbyFor]
  return { region, config, skipLaunch: standbyFor !== undefined, replace: false }
}

const RUNNING = ['started', 'starting', 'failed']

export function inputForUpdate(
  deployment: Deployment,
  { machine, volumes, ...rollout }: Making & { machine: Launched },
): LaunchInput {
  const { region, state, group, hostOk, config: before } = machine
  const config = machineConfig(deployment, { ...rollout, group, before })
  const [wanted] = list(config.mounts)
  const [mounted] = list(field(before, 'mounts'))
  let replace = !hostOk
  if (wanted !== undefined && mounted !== undefined)
    config.mounts = [{ ...Object(mounted), path: text(wanted, 'path') }]
  else if (wanted !== undefined) {
    config.mounts = [withVolume(wanted, { volumes, region, who: `machine in group '${group}'` })]
    replace = true
  } else if (mounted !== undefined) replace = true
  if (!hostOk && mounted !== undefined && wanted !== undefined) throw onLostHost(machine.id, mounted)
  return { region, config, replace, skipLaunch: !RUNNING.includes(state) }
}

const onLostHost = (id: string, mount: unknown): FlyctlError =>
  new FlyctlError(
    `machine '${id}' requires manual intervention, it can't be automatically replaced because its volume '${text(mount, 'volume') ?? ''}' is on an unreachable host`,
  )

interface Place {
  volumes: FreeVolumes
  region: string | undefined
  who: string
}

function withVolume(mount: unknown, { volumes, region, who }: Place): Section {
  const name = text(mount, 'name') ?? ''
  const volume = volumes.take(name, region)
  if (volume !== undefined) return { path: text(mount, 'path'), name, volume }
  throw new FlyctlError(`${who} needs an unattached volume named '${name}' in region '${region ?? ''}'`)
}
