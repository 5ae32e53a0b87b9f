import { field, list, text } from '../api.ts'
import type { Context } from '../context.ts'
import { pick } from '../go/pick.ts'
import { ago, bytes, table } from '../print.ts'
import { namedVolume, pathOf } from './volume.ts'

const COLUMNS = ['ID', 'Status', 'Stored Size', 'Vol Size', 'Created At', 'Retention Days']
const RIGHT = ['Stored Size', 'Vol Size', 'Retention Days']
const KEYS = ['id', 'size', 'volume_size', 'digest', 'created_at', 'status', 'retention_days']

export async function listSnapshots(context: Context): Promise<void> {
  const { api, flags, stdout, json } = context
  const { app, id } = await namedVolume(context)
  const failing = `failed retrieving snapshots: failed to get volume ${id} snapshots`
  const found = list(await api.get({ service: 'flaps', path: `${pathOf(app, id)}/snapshots`, failing }))
  const all = found.sort((one, other) => takenAt(one) - takenAt(other))
  if (flags.on('json')) return json(all.map((snapshot) => pick(snapshot, KEYS)))
  if (all.length === 0) return context.stderr(`No snapshots available for volume ${id}`)
  const size = (snapshot: unknown, name: string) => Number(field(snapshot, name) ?? 0)
  const rows = all.map((snapshot) => [
    ...[text(snapshot, 'id'), text(snapshot, 'status'), bytes(size(snapshot, 'size'))],
    ...[bytes(size(snapshot, 'volume_size')), ago(text(snapshot, 'created_at') ?? '')],
    String(field(snapshot, 'retention_days') ?? ''),
  ])
  table({ title: 'Snapshots', columns: COLUMNS, rows, right: RIGHT }).forEach(stdout)
  stdout(`Total stored size: ${bytes(all.reduce<number>((sum, snapshot) => sum + size(snapshot, 'size'), 0))}`)
}

const takenAt = (snapshot: unknown): number => Date.parse(text(snapshot, 'created_at') ?? '')

/** Takes `--json` and prints text all the same. */
export async function createSnapshot(context: Context): Promise<void> {
  const { api, stdout } = context
  const { app, id } = await namedVolume(context)
  const path = `${pathOf(app, id)}/snapshots`
  await api.get({ service: 'flaps', method: 'POST', path, failing: `failed to snapshot ${id}` })
  stdout(`Scheduled to snapshot volume ${id}`)
}
