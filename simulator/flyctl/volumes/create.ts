import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { basicApp } from '../app-query.ts'
import type { Context } from '../context.ts'
import { FlyctlError, within } from '../failure.ts'
import { changedGuest } from '../machine/config.ts'
import { confirmed, nonInteractive } from '../prompt.ts'
import { listVolumes } from './read.ts'
import { pathOf, tellVolume } from './volume.ts'

const REGIONS =
  'query { platform { requestRegion regions { name code latitude longitude gatewayAvailable requiresPaidPlan deprecated } } }'
const WARNING =
  'Warning! Every volume is pinned to a specific physical host. You should create two or more volumes per application to avoid downtime. Learn more at https://fly.io/docs/volumes/overview/'

export async function create(context: Context): Promise<void> {
  const { api, flags, stderr } = context
  const app = appName(context)
  const [name = ''] = flags.rest
  const count = flags.number('count') ?? 1
  // Both are asked at once, as by the real one.
  const [platform] = await Promise.all([api.query(REGIONS), basicApp(context, app)])
  if (count === 1 && !flags.on('yes')) {
    const same = (await listVolumes(context, app)).filter((volume) => text(volume, 'name') === name)
    const question = 'Do you still want to use the volumes feature?'
    const unsure = same.length === 0
    if (unsure && !(await confirmed(context, { question, warning: () => stderr(WARNING) }))) return
  }
  const region = flags.text('region')
  if (region === undefined) throw nonInteractive('region code')
  const known = list(field(field(platform, 'platform'), 'regions')).some((each) => text(each, 'code') === region)
  if (!known) throw new FlyctlError(`region ${region} not found`)
  const body = request(context, { name, region })
  for (let made = 0; made < count; made += 1) {
    const asked = api.get({
      service: 'flaps',
      method: 'POST',
      path: pathOf(app),
      body,
      failing: 'failed to create volume',
    })
    tellVolume(context, await within('failed creating volume', asked), app)
  }
}

const sized = ({ flags }: Context): boolean =>
  ['vm-size', 'vm-cpu-kind', 'vm-cpus', 'vm-memory'].some((name) => flags.text(name) !== undefined)

function request(context: Context, { name, region }: { name: string; region: string }): unknown {
  const { flags } = context
  const snapshot = flags.text('snapshot-id')
  const size = flags.number('size') ?? (snapshot === undefined ? 1 : undefined)
  return {
    name,
    region,
    ...(size !== undefined && { size_gb: size }),
    encrypted: !flags.on('no-encryption'),
    require_unique_zone: flags.on('require-unique-zone', true),
    unique_zone_app_wide: flags.on('unique-zone-app-wide'),
    ...(snapshot !== undefined && { snapshot_id: snapshot }),
    snapshot_retention: flags.number('snapshot-retention') ?? 5,
    auto_backup_enabled: flags.on('scheduled-snapshots', true),
    ...(sized(context) && { compute: changedGuest(flags, undefined) }),
  }
}
