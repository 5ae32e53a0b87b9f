import { field, list } from '../api.ts'
import { machineConfigJson } from '../go/machine-config.ts'
import { pick } from '../go/pick.ts'

const BEFORE = ['id', 'name', 'state', 'region']
const ABOUT = ['instance_id', 'version', 'private_ip', 'created_at', 'updated_at']
const EXIT = ['exit_code', 'guest_exit_code', 'guest_signal', 'oom_killed', 'requested_stop', 'restarting', 'signal']

/** A machine as flyctl prints it: what it has a name for, and no more. The ids of events are not among it. */
export function machineJson(machine: unknown): Record<string, unknown> {
  return {
    ...pick(machine, BEFORE),
    image_ref: pick(field(machine, 'image_ref'), ['registry', 'repository', 'tag', 'digest', 'labels']),
    ...pick(machine, ABOUT),
    ...(field(machine, 'config') !== undefined && { config: machineConfigJson(field(machine, 'config')) }),
    events: list(field(machine, 'events')).map(eventJson),
    checks: list(field(machine, 'checks')).map((check) => pick(check, ['name', 'status', 'output', 'updated_at'])),
    ...pick(machine, ['nonce', 'host_status']),
    cordoned: field(machine, 'cordoned') === true,
    ...pick(machine, ['containers', 'incomplete_config']),
  }
}

function eventJson(event: unknown): Record<string, unknown> {
  const request = field(event, 'request')
  const exit = field(request, 'exit_event')
  const known = {
    ...(exit ? { exit_event: { ...pick(exit, EXIT), exited_at: field(exit, 'exited_at') ?? '' } } : {}),
    ...pick(request, ['MonitorEvent', 'restart_count']),
  }
  return {
    ...pick(event, ['type', 'status']),
    ...(Object.keys(known).length > 0 ? { request: known } : {}),
    ...pick(event, ['source', 'timestamp']),
  }
}
