import { field, text } from '../api.ts'
import { basicApp } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { changedGuest } from '../machine/config.ts'
import { fullImageOf } from '../machine/machine.ts'
import { readMachine } from '../machine/select.ts'
import { namedVolume, pathOf, readVolume, tellVolume } from './volume.ts'

export async function extend(context: Context): Promise<void> {
  const { api, flags, stdout } = context
  const named = await namedVolume(context)
  const size = flags.text('size') ?? ''
  await basicApp(context, named.app)
  const size_gb = await newSize(context, { ...named, size })
  const path = `${pathOf(named.app, named.id)}/extend`
  const failing = `failed to extend volume: failed to extend volume ${named.id}`
  const answer = await api.get({ service: 'flaps', method: 'PUT', path, body: { size_gb }, failing })
  tellVolume(context, field(answer, 'volume'), named.app)
  if (flags.on('json')) return
  if (field(answer, 'needs_restart') === true)
    stdout('You will need to stop and start your Machine to increase the size of the filesystem')
  else stdout('Your Machine got its volume size extended without needing a restart')
}

interface Resize {
  app: string
  id: string
  size: string
}

/** `5`, or `+2` more than it has. */
async function newSize(context: Context, { app, id, size }: Resize): Promise<number> {
  const [, more, amount = ''] = /^(\+?)(\d+)$/.exec(size) ?? []
  if (amount === '') throw new FlyctlError(`invalid size: invalid size: '${size}'`)
  if (more === '') return Number(amount)
  const now = field(await readVolume(context, { app, id }), 'size_gb')
  return Number(now) + Number(amount)
}

export async function update(context: Context): Promise<void> {
  const { api, flags } = context
  const { app, id } = await namedVolume(context)
  const days = flags.number('snapshot-retention')
  const scheduled = flags.text('scheduled-snapshots')
  const body = {
    ...(days !== undefined && { snapshot_retention: days }),
    ...(scheduled !== undefined && { auto_backup_enabled: flags.on('scheduled-snapshots') }),
  }
  const asked = api.get({
    service: 'flaps',
    method: 'PUT',
    path: pathOf(app, id),
    body,
    failing: 'failed to update volume',
  })
  tellVolume(context, await within('failed updating volume', asked), app)
}

/** A copy on another host, sized for the machine that mounts it. */
export async function fork(context: Context): Promise<void> {
  const { api, flags } = context
  const { app, id } = await namedVolume(context)
  const volume = await within('failed to get volume', readVolume(context, { app, id }))
  refuseUnreachable(volume, app)
  const attached = text(volume, 'attached_machine_id')
  const machine = attached === undefined ? undefined : await readMachine(context, { app, id: attached })
  const body = {
    name: flags.text('name') ?? text(volume, 'name'),
    region: flags.text('region') ?? '',
    source_volume_id: id,
    require_unique_zone: flags.on('require-unique-zone', true),
    unique_zone_app_wide: flags.on('unique-zone-app-wide'),
    compute: changedGuest(flags, field(machine?.config, 'guest')),
    ...(machine && { compute_image: fullImageOf(machine.raw) }),
  }
  const asked = api.get({
    service: 'flaps',
    method: 'POST',
    path: pathOf(app),
    body,
    failing: 'failed to create volume',
  })
  tellVolume(context, await within('failed to fork volume', asked), app)
}

function refuseUnreachable(volume: unknown, app: string): void {
  const [id, status = ''] = [text(volume, 'id'), text(volume, 'host_status')]
  if (status === 'ok') return
  const why = `it's on a host that is currently unavailable or unreachable (host status: "${status}").`
  const snapshot = `you can create a new volume from a recent snapshot instead:\n  fly volume snapshots list ${id} -a ${app}`
  throw new FlyctlError(`can't fork volume ${id}: ${why}\nIf the host doesn't recover, ${snapshot}`)
}
