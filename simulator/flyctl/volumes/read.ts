import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import { basicApp } from '../app-query.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { ago, table } from '../print.ts'
import { namedVolume, pathOf, readVolume, tellVolume, volumeJson } from './volume.ts'

const COLUMNS = ['ID', 'State', 'Name', 'Size', 'Region', 'Zone', 'Encrypted', 'Attached VM', 'Created At']
/** On their way out, shown with `--all` only. */
const HIDDEN = new Set(['pending_destroy', 'scheduling_destroy', 'destroying', 'destroyed'])

export async function listAll(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const app = appName(context)
  await basicApp(context, app)
  const all = await listVolumes(context, app)
  const volumes = flags.on('all') ? all : all.filter((volume) => !HIDDEN.has(text(volume, 'state') ?? ''))
  if (flags.on('json')) return json(volumes.map(volumeJson))
  const rows = volumes.map((volume) => {
    const part = (name: string) => text(volume, name) ?? ''
    const id = part('host_status') === 'ok' ? part('id') : `${part('id')}*`
    const size = `${field(volume, 'size_gb')}GB`
    const about = [part('region'), part('zone'), field(volume, 'encrypted') === true, part('attached_machine_id')]
    return [id, part('state'), part('name'), size, ...about, ago(part('created_at'))]
  })
  table({ columns: COLUMNS, rows }).forEach(stdout)
  if (volumes.some((volume) => text(volume, 'host_status') !== 'ok'))
    stdout("* These volumes' hosts could not be reached.")
}

export const listVolumes = async ({ api }: Context, app: string): Promise<unknown[]> =>
  list(await api.get({ service: 'flaps', path: pathOf(app), failing: 'failed to list volumes' }))

export async function show(context: Context): Promise<void> {
  const named = await namedVolume(context)
  tellVolume(context, await within('failed retrieving volume', readVolume(context, named)), named.app)
}
