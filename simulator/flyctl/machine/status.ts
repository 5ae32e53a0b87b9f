import { field, list, text } from '../api.ts'
import type { Context } from '../context.ts'
import { goJson } from '../go/json.ts'
import { machineConfigJson } from '../go/machine-config.ts'
import { ago, day, facts, table } from '../print.ts'
import { checksOf, groupOf, imageOf, passing } from './machine.ts'
import { selectMachine } from './select.ts'

/** There is no JSON of it, but of the machine's config with `-d`. */
export async function status(context: Context): Promise<void> {
  const { flags, stdout } = context
  const { id, instanceId, state, hostStatus, config, raw } = await selectMachine(context)
  if (flags.on('display-config')) return stdout(goJson(machineConfigJson(config), 2))
  stdout(`Machine ID: ${id}`)
  stdout(`Instance ID: ${instanceId}`)
  stdout(`State: ${state}`)
  stdout(`HostStatus: ${hostStatus}`)
  stdout('')
  facts('VM', vm(raw)).forEach(stdout)
  if (checksOf(raw).length > 0) checks(raw).forEach(stdout)
  events(raw).forEach(stdout)
}

function vm(machine: unknown): Record<string, string> {
  const part = (name: string) => text(machine, name) ?? ''
  const config = field(machine, 'config')
  const guest = field(config, 'guest')
  const command = (name: string) => list(field(field(config, 'init'), name)).join(' ')
  const [mount] = list(field(config, 'mounts'))
  return {
    ID: part('id'),
    'Instance ID': part('instance_id'),
    State: part('state'),
    Image: imageOf(machine),
    Name: part('name'),
    'Private IP': part('private_ip'),
    Region: part('region'),
    'Process Group': groupOf(machine),
    'CPU Kind': text(guest, 'cpu_kind') ?? '',
    vCPUs: String(field(guest, 'cpus') ?? ''),
    Memory: String(field(guest, 'memory_mb') ?? ''),
    Created: part('created_at'),
    Updated: part('updated_at'),
    Entrypoint: command('entrypoint'),
    Command: command('cmd'),
    ...(mount === undefined ? {} : { Volume: text(mount, 'volume') ?? '' }),
  }
}

function checks(machine: unknown): string[] {
  const rows = checksOf(machine).map((check) => [
    text(check, 'name'),
    text(check, 'status'),
    recently(text(check, 'updated_at') ?? ''),
    text(check, 'output'),
  ])
  const title = `Checks [${passing(machine)}/${rows.length}]`
  return table({ title, columns: ['Name', 'Status', 'Last Updated', 'Output'], rows })
}

/** Of today it says how long ago, of earlier the date. */
const DAY_MS = 24 * 3_600_000
const recently = (iso: string): string => (Date.now() - Date.parse(iso) < DAY_MS ? ago(iso) : day(iso))

function events(machine: unknown): string[] {
  const rows = list(field(machine, 'events')).map((event) => {
    const at = field(event, 'timestamp')
    const exit = field(field(event, 'request'), 'exit_event')
    const flag = (name: string) => field(exit, name) === true
    const info = exit
      ? `exit_code=${field(exit, 'exit_code') ?? 0},oom_killed=${flag('oom_killed')},requested_stop=${flag('requested_stop')}`
      : ''
    const time = typeof at === 'number' ? new Date(at).toISOString() : ''
    return [text(event, 'status'), text(event, 'type'), text(event, 'source'), time, info]
  })
  return table({ title: 'Event Logs', columns: ['State', 'Event', 'Source', 'Timestamp', 'Info'], rows })
}
