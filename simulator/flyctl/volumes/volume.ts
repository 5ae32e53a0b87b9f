import { field, text } from '../api.ts'
import { appNameIfAny } from '../app-name.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { rightAligned, shortDay } from '../print.ts'

/** A volume as flyctl prints it: its own list of members, all of them always there. */
export const volumeJson = (volume: unknown): Record<string, unknown> => ({
  id: text(volume, 'id') ?? '',
  name: text(volume, 'name') ?? '',
  state: text(volume, 'state') ?? '',
  size_gb: field(volume, 'size_gb') ?? 0,
  region: text(volume, 'region') ?? '',
  zone: text(volume, 'zone') ?? '',
  encrypted: field(volume, 'encrypted') === true,
  attached_machine_id: field(volume, 'attached_machine_id') ?? null,
  // An older name of the same that is kept.
  attached_alloc_id: field(volume, 'attached_alloc_id') ?? field(volume, 'attached_machine_id') ?? null,
  created_at: text(volume, 'created_at') ?? '',
  host_dedication_id: text(volume, 'host_dedication_id') ?? '',
  snapshot_retention: field(volume, 'snapshot_retention') ?? 0,
  auto_backup_enabled: field(volume, 'auto_backup_enabled') === true,
  host_status: text(volume, 'host_status') ?? '',
})

/** The names stand right in a column of this width. */
const NAMES = 20

export const volumeFacts = (volume: unknown, app: string): string[] => {
  return rightAligned(
    [
      ['ID', text(volume, 'id')],
      ['Name', text(volume, 'name')],
      ['App', app],
      ['Region', text(volume, 'region')],
      ['Zone', text(volume, 'zone')],
      ['Size GB', String(field(volume, 'size_gb') ?? '')],
      ['Encrypted', field(volume, 'encrypted') === true],
      ['Created at', shortDay(text(volume, 'created_at') ?? '')],
      ['Snapshot retention', String(field(volume, 'snapshot_retention') ?? '')],
      ['Scheduled snapshots', field(volume, 'auto_backup_enabled') === true],
    ],
    NAMES,
  )
}

/** Shows a volume either way. */
export function tellVolume({ flags, stdout, json }: Context, volume: unknown, app: string): void {
  if (flags.on('json')) json(volumeJson(volume))
  else volumeFacts(volume, app).forEach(stdout)
}

/** Below the volumes of this app. */
export const pathOf = (app: string, id = ''): string =>
  `/v1/apps/${encodeURIComponent(app)}/volumes${id === '' ? '' : `/${encodeURIComponent(id)}`}`

const OWNER = 'query($id: ID!) { volume: volume(id: $id) { ... on Volume { app { name } } } }'

export interface Named {
  app: string
  id: string
}

/** The volume that was named. Without an app Fly is asked whose it is. */
export async function namedVolume(context: Context, id = context.flags.rest[0]): Promise<Named> {
  const app = appNameIfAny(context)
  if (id === undefined) throw new FlyctlError('volume ID must be specified when not running interactively')
  if (app !== undefined) return { app, id }
  const answer = await context.api.query(OWNER, { id })
  return { app: text(field(field(answer, 'volume'), 'app'), 'name') ?? '', id }
}

export const readVolume = ({ api }: Context, { app, id }: Named): Promise<unknown> =>
  api.get({ service: 'flaps', path: pathOf(app, id), failing: `failed to get volume ${id}` })
