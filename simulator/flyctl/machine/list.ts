import { field, list, text } from '../api.ts'
import { appName } from '../app-name.ts'
import type { Context } from '../context.ts'
import { table } from '../print.ts'
import { checksOf, groupOf, imageOf, passing, sizeOf } from './machine.ts'
import { machineJson } from './machine-json.ts'
import { listMachines } from './select.ts'

const COLUMNS = [
  ...['ID', 'Name', 'State', 'Checks', 'Region', 'Role', 'Image', 'IP Address', 'Volume', 'Created', 'Last Updated'],
  ...['Process Group', 'Size'],
]

export async function listAll(context: Context): Promise<void> {
  const { flags, stdout, json } = context
  const app = appName(context)
  const machines = await listMachines(context, app)
  if (flags.on('json')) return json(machines.map(machineJson))
  if (machines.length === 0) return stdout(`No machines are available on this app ${app}`)
  if (flags.on('quiet')) {
    for (const machine of machines) stdout(` ${text(machine, 'id')} `)
    return stdout('')
  }
  stdout(`${machines.length} machines have been retrieved from app ${app}.`)
  // The zero-width space is the real one's.
  stdout(`View them in the UI here (\u200bhttps://fly.io/apps/${app}/machines/)`)
  stdout('')
  table({ title: app, columns: COLUMNS, rows: machines.map(row) }).forEach(stdout)
  if (!machines.every(reachable)) stdout("* These Machines' hosts could not be reached.")
}

const reachable = (machine: unknown): boolean => text(machine, 'host_status') === 'ok'

function row(machine: unknown): string[] {
  const part = (name: string) => text(machine, name) ?? ''
  const known = [part('name'), part('state')]
  if (!reachable(machine)) return [`${part('id')}*`, ...known, '', part('region')]
  const checks = checksOf(machine)
  return [
    ...[part('id'), ...known, checks.length === 0 ? '' : `${passing(machine)}/${checks.length}`, part('region'), ''],
    ...[imageOf(machine), part('private_ip'), volumeOf(machine), part('created_at'), part('updated_at')],
    ...[groupOf(machine), sizeOf(machine, { memory: true })],
  ]
}

const volumeOf = (machine: unknown): string =>
  list(field(field(machine, 'config'), 'mounts'))
    .slice(0, 1)
    .map((mount) => text(mount, 'volume') ?? '')
    .join('')
