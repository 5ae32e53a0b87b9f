import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { egressAddresses } from '../app-query.ts'
import { listReleases } from '../apps/releases.ts'
import { remoteConfig } from '../config/remote.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { changedGuest, settings } from '../machine/config.ts'
import { type Leased, withLeases } from '../machine/lease.ts'
import { groupOf, machineOf, pathOf, sizeOf } from '../machine/machine.ts'
import { listMachines } from '../machine/select.ts'
import { isLaunched } from '../status.ts'
import { listVolumes } from '../volumes/read.ts'
import { pathOf as volumesOf } from '../volumes/volume.ts'
import { type Change, planScale } from './plan.ts'

interface Wanted {
  app: string
  group: string
  count: number
}

export async function count(context: Context): Promise<void> {
  const { flags, stdout } = context
  const wanted = { app: appName(context), ...groupCount(context) }
  await remoteConfig(context, wanted.app)
  const machines = (await listMachines(context, wanted.app)).filter(isLaunched).filter((each) => field(each, 'config'))
  await requireRelease(context, wanted.app)
  const volumes = await listVolumes(context, wanted.app)
  const members = machines.filter((machine) => groupOf(machine) === wanted.group)
  const [template] = members
  if (template === undefined) throw new FlyctlError(`there are no machines of group '${wanted.group}' to copy`)
  const regions = flags.text('region')?.split(',') ?? [...new Set(members.map((each) => text(each, 'region') ?? ''))]
  const changes = planScale({ members, regions, count: wanted.count, most: flags.number('max-per-region') })
  if (changes.length === 0) return stdout('App already scaled to desired state. No need for changes')
  stdout(`App '${wanted.app}' is going to be scaled according to this plan:`)
  const size = sizeOf(template, { memory: false })
  for (const change of changes) tell(context, { change, group: wanted.group, size, template })
  if (!flags.on('yes')) throw new FlyctlError('--yes flag must be specified when not running interactively')
  await withLeases(
    context,
    machines.map((raw) => machineOf(wanted.app, raw)),
    async (leased) => {
      stdout('Executing scale plan')
      const free = volumes.filter((volume) => text(volume, 'attached_machine_id') === undefined)
      for (const change of changes) await execute(context, { wanted, change, template, leased, free, size })
    },
  )
  await egressAddresses(context, wanted.app)
}

/** `3`, or `web=3`. */
function groupCount({ flags }: Context): { group: string; count: number } {
  const [said = ''] = flags.rest
  const [name, amount] = said.includes('=') ? said.split('=') : [flags.text('process-group') ?? 'app', said]
  const wanted = Number(amount)
  if (!Number.isInteger(wanted) || wanted < 0) throw new FlyctlError(`'${amount}' is not a valid count value`)
  return { group: name ?? 'app', count: wanted }
}

async function requireRelease(context: Context, app: string): Promise<void> {
  const complete = (await listReleases(context, app)).some((release) => text(release, 'status') === 'complete')
  if (!complete)
    throw new FlyctlError('this app has no complete releases. Run `fly deploy` to create one and rerun this command')
}

interface Told {
  change: Change
  group: string
  size: string
  template: unknown
}

function tell({ stdout }: Context, { change: { delta, region }, group, size, template }: Told): void {
  const signed = `${delta > 0 ? '+' : ''}${delta}`.padStart(4)
  stdout(`${signed} machines for group '${group}' on region '${region}' of size '${size}'`)
  const mounts = list(field(field(template, 'config'), 'mounts')).length
  if (delta > 0 && mounts > 0) stdout(`${signed} volumes  for group '${group}' in region '${region}'`)
}

interface Execution {
  wanted: Wanted
  change: Change
  template: unknown
  leased: readonly Leased[]
  free: unknown[]
  size: string
}

async function execute(context: Context, { wanted, change, template, leased, free, size }: Execution): Promise<void> {
  const { api, stdout } = context
  const about = `group:${wanted.group} region:${change.region} size:${size}`
  for (const machine of leased.filter(({ id }) => change.destroyed.includes(id))) {
    const failing = `failed to destroy VM ${machine.id}`
    const request = { service: 'flaps', method: 'DELETE', path: `${pathOf(machine)}?kill=true`, failing } as const
    await api.get({ ...request, leaseNonce: machine.nonce })
    stdout(`  Destroyed ${machine.id} ${about}`)
  }
  for (let made = 0; made < change.delta; made += 1) {
    const machine = await launch(context, { app: wanted.app, region: change.region, template, free })
    stdout(`  Created ${text(machine, 'id')} ${about}`)
  }
}

interface Launch {
  app: string
  region: string
  template: unknown
  free: unknown[]
}

async function launch(context: Context, { app, region, template, free }: Launch): Promise<unknown> {
  const { api, flags } = context
  const before = settings(field(template, 'config'))
  const mounts: unknown[] = []
  for (const mount of list(before.mounts)) {
    const volume = await volumeFor(context, { app, region, mount, free })
    mounts.push({ volume, path: text(mount, 'path') })
  }
  const config = { ...before, guest: changedGuest(flags, before.guest), ...(mounts.length > 0 && { mounts }) }
  const path = `/v1/apps/${app}/machines`
  return api.get({ service: 'flaps', method: 'POST', path, body: { region, config }, failing: 'failed to launch VM' })
}

interface Room {
  app: string
  region: string
  mount: unknown
  free: unknown[]
}

/** A volume of the region that nobody mounts, else a new one. */
async function volumeFor({ api, flags, stdout }: Context, { app, region, mount, free }: Room): Promise<string> {
  const name = text(mount, 'name')
  const fits = (volume: unknown) => text(volume, 'region') === region && text(volume, 'name') === name
  const at = flags.on('with-new-volumes') ? -1 : free.findIndex(fits)
  const [found] = at >= 0 ? free.splice(at, 1) : []
  if (found !== undefined) return text(found, 'id') ?? ''
  stdout(`  Creating volume ${name} region:${region} size:${field(mount, 'size_gb')}GiB`)
  const body = { name, region, size_gb: field(mount, 'size_gb'), encrypted: field(mount, 'encrypted') }
  const made = await api.get({
    service: 'flaps',
    method: 'POST',
    path: volumesOf(app),
    body,
    failing: 'failed to create volume',
  })
  return text(made, 'id') ?? ''
}
