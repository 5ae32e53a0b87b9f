import { field, list, text } from '../api.ts'
import { FlyctlError } from '../failure.ts'
import type { Deployment } from './deployment.ts'
import { type Group, groupOf, processNames, type Section } from './groups.ts'
import { guestFromFlags, guestOf } from './guest.ts'
import type { Launched } from './launched-machines.ts'
import { refusal } from './refusal.ts'

/** Volumes of the app that no machine has, by name. */
export interface FreeVolumes {
  count(name: string): number
  add(volume: { id: string; name: string; region: string }): void
  /** One of that name, in that region if one is given; it is free no longer. */
  take(name: string, region: string | undefined): string | undefined
}

/** Asked for only when fly.toml mounts something. */
export async function freeVolumes({ context, app, config }: Deployment): Promise<FreeVolumes> {
  const mounts = processNames(config).some((name) => groupOf(config, name).mounts.length > 0)
  const answer = mounts ? list(await context.api.get({ service: 'flaps', path: `/v1/apps/${app}/volumes` })) : []
  const free = answer
    .filter((volume) => !text(volume, 'attached_machine_id') && (text(volume, 'host_status') ?? 'ok') === 'ok')
    .map((volume) => ({
      ...{ id: text(volume, 'id') ?? '', name: text(volume, 'name') ?? '', region: text(volume, 'region') ?? '' },
    }))
  return {
    count: (name) => free.filter((volume) => volume.name === name).length,
    add: (volume) => void free.push(volume),
    take(name, region) {
      const at = free.findIndex((volume) => volume.name === name && (region === undefined || volume.region === region))
      return at < 0 ? undefined : free.splice(at, 1)[0]?.id
    },
  }
}

/** Gigabytes of a first volume (flyctl). */
const FIRST_SIZE = 1

interface Provision {
  image: string
  volumes: FreeVolumes
}

/** A first deploy makes one volume for each group that mounts one, in the primary region. */
export async function provideVolumes(deployment: Deployment, { image, volumes }: Provision): Promise<void> {
  const there = new Map<string, number>()
  for (const group of processNames(deployment.config).map((name) => groupOf(deployment.config, name))) {
    for (const mount of group.mounts) {
      const name = String(mount.source)
      const used = there.get(name) ?? 0
      there.set(name, used + 1)
      if (volumes.count(name) <= used) volumes.add(await createVolume(deployment, { image, group, mount }))
    }
  }
}

async function createVolume(
  { context, app, config, options }: Deployment,
  { image, group, mount }: { image: string; group: Group; mount: Section },
) {
  const { source, initial_size: initial } = mount
  const name = String(source)
  const size = initial === undefined ? (options.volumeSizeGb ?? FIRST_SIZE) : Number.parseInt(String(initial), 10)
  const advice = "Use 'fly vol extend' to increase its size"
  context.stdout(`Creating a ${size} GB volume named '${name}' for process group '${group.name}'. ${advice}`)
  const body = {
    ...{ name, region: text(config, 'primary_region'), size_gb: size, encrypted: true, compute_image: image },
    compute: guestOf(group.vm) ?? guestFromFlags(context.flags),
  }
  const answer = await context.api.ask({ service: 'flaps', method: 'POST', path: `/v1/apps/${app}/volumes`, body })
  if (answer.status >= 300) throw refusal('failed to provision seed volumes: failed to create volume', answer)
  return { id: text(answer.body, 'id') ?? '', name, region: text(answer.body, 'region') ?? '' }
}

/** Complains before anything changes when a group cannot have the volumes it mounts. */
export function checkVolumes(
  { config }: Deployment,
  { machines, volumes }: { machines: Launched[]; volumes: FreeVolumes },
) {
  for (const name of processNames(config)) {
    const [mount] = groupOf(config, name).mounts
    if (mount === undefined) continue
    const source = String(mount.source)
    const group = machines.filter((machine) => machine.group === name)
    if (group.length === 0 && volumes.count(source) === 0)
      throw new FlyctlError(
        `creating a new machine in group '${name}' requires an unattached '${source}' volume. Create it with \`fly volume create ${source}\``,
      )
    const without = group.filter((machine) => list(field(machine.config, 'mounts')).length === 0)
    if (without.length > volumes.count(source)) throw missingVolumes({ name, source, without })
  }
}

function missingVolumes({ name, source, without }: { name: string; source: string; without: Launched[] }): FlyctlError {
  const regions = [...new Set(without.map(({ region }) => region))]
  const counts = regions.map((region) => `${region}=${without.filter((machine) => machine.region === region).length}`)
  const run = `Run \`fly volume create ${source} -r REGION -n COUNT\` for the following regions and counts: ${counts.join(' ')}`
  return new FlyctlError(
    `Process group '${name}' needs volumes with name '${source}' to fulfill mounts defined in fly.toml; ${run}`,
  )
}
