import { field, list, text } from '../api.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { minSecrets } from '../min-secrets.ts'
import { changedGuest, settings } from './config.ts'
import { fullImageOf, type Machine, machineOf } from './machine.ts'
import { selectMachine } from './select.ts'
import { UNREACHABLE } from './update.ts'
import { START_MS, waitForState, watchChecks } from './wait.ts'

export async function clone(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  const source = await selectMachine(context)
  if (source.hostStatus !== 'ok') throw new FlyctlError(UNREACHABLE)
  const region = flags.text('region') ?? source.region
  stdout(`Cloning Machine ${source.id} into region ${region}`)
  const config = copiedConfig(context, source)
  const mounts: unknown[] = []
  const copied = list(field(source.config, 'mounts'))
  // A volume may be attached where the source has none.
  if (copied.length === 0 && flags.text('attach-volume') !== undefined) copied.push({})
  for (const mount of copied) mounts.push(await copiedMount(context, { source, region, mount, config }))
  const standbys = flags.list('standby-for')
  const body = {
    name: flags.text('name'),
    region,
    config: { ...config, ...(mounts.length > 0 && { mounts }) },
    skip_launch: standbys.length > 0,
    ...minSecrets(context, source.app),
  }
  stdout(`Provisioning a new Machine with image ${text(source.config, 'image') ?? ''}...`)
  const path = `/v1/apps/${source.app}/machines`
  const launched = await api.get({ service: 'flaps', method: 'POST', path, body, failing: 'failed to launch VM' })
  const machine = machineOf(source.app, launched)
  stdout(`  Machine ${machine.id} has been created...`)
  if (flags.on('detach')) return
  if (standbys.length === 0) {
    stdout(`  Waiting for Machine ${machine.id} to start...`)
    await waitForState(context, machine, { state: 'started', withinMs: START_MS })
    if (list(field(source.raw, 'checks')).length > 0)
      await within('error while watching health checks', watchChecks(context, machine))
  }
  stdout('Machine has been successfully cloned!')
}

function copiedConfig({ flags, stdout }: Context, source: Machine): Record<string, unknown> {
  const { mounts: _, ...config } = settings(source.config)
  const command = flags.text('override-cmd')
  const standbys = flags.list('standby-for').map((id) => (id === 'source' ? source.id : id))
  if (flags.on('clear-auto-destroy')) delete config.auto_destroy
  if (config.auto_destroy === true)
    stdout('Auto destroy enabled and will destroy Machine on exit. Use --clear-auto-destroy to remove this setting.')
  const init = settings(config.init)
  return {
    ...config,
    image: fullImageOf(source.raw),
    guest: changedGuest(flags, config.guest),
    init: {
      ...init,
      ...(flags.on('clear-cmd') && { cmd: [] }),
      ...(command !== undefined && { cmd: command.split(/\s+/) }),
    },
    ...(standbys.length > 0 && {
      standbys,
      env: { ...settings(config.env), FLY_STANDBY_FOR: standbys.join(',') },
    }),
  }
}

interface Copy {
  source: Machine
  region: string
  mount: unknown
  config: Record<string, unknown>
}

/** A volume of its own for the clone: an empty one, or what a snapshot held. */
async function copiedMount(context: Context, { source, region, mount, config }: Copy): Promise<unknown> {
  const { api, flags } = context
  const given = flags.text('attach-volume')?.split(':')
  const path = given?.[1] ?? text(mount, 'path')
  if (given) return { volume: await freeVolume(context, source, given[0] ?? ''), path }
  const snapshot = await chosenSnapshot(context, source, mount)
  const volume = await api.get({
    service: 'flaps',
    method: 'POST',
    path: `/v1/apps/${source.app}/volumes`,
    failing: 'failed to create volume',
    body: {
      name: field(mount, 'name'),
      region,
      size_gb: field(mount, 'size_gb'),
      encrypted: field(mount, 'encrypted'),
      ...(snapshot !== undefined && { snapshot_id: snapshot }),
      require_unique_zone: flags.on('volume-requires-unique-zone'),
      compute: config.guest,
      compute_image: config.image,
    },
  })
  return { volume: text(volume, 'id'), path }
}

async function freeVolume({ api, stdout }: Context, { app }: Machine, id: string): Promise<string> {
  stdout(`Attaching existing volume ${id}`)
  const failing = `could not get existing volume: failed to get volume ${id}`
  const volume = await api.get({ service: 'flaps', path: `/v1/apps/${app}/volumes/${id}`, failing })
  if (text(volume, 'attached_machine_id') !== undefined)
    throw new FlyctlError(`volume ${id} is already attached to a machine`)
  return id
}

async function chosenSnapshot(
  { api, flags, stdout }: Context,
  { app }: Machine,
  mount: unknown,
): Promise<string | undefined> {
  const wanted = flags.text('from-snapshot')
  const id = text(mount, 'volume') ?? ''
  if (wanted === undefined) {
    stdout(`Volume '${text(mount, 'name') ?? ''}' will start empty`)
    return undefined
  }
  if (wanted !== 'last') {
    stdout(`Creating new volume from snapshot: ${wanted}`)
    return wanted
  }
  const failing = `failed to get volume ${id} snapshots`
  const snapshots = list(await api.get({ service: 'flaps', path: `/v1/apps/${app}/volumes/${id}/snapshots`, failing }))
  const created = (snapshot: unknown) => Date.parse(text(snapshot, 'created_at') ?? '')
  const [last] = snapshots.toSorted((one, other) => created(other) - created(one))
  const found = text(last, 'id')
  if (found === undefined) stdout(`No snapshot for source volume ${id}, the new volume will start empty`)
  else stdout(`Creating new volume from snapshot ${found} of ${id}`)
  return found
}
