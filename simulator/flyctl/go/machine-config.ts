import { field, list } from '../api.ts'
import { pick } from './pick.ts'

const AFTER_INIT = [
  ...['guest', 'metadata', 'mounts', 'services', 'metrics', 'checks', 'statics', 'image', 'files', 'schedule'],
  ...['auto_destroy', 'restart', 'dns', 'processes', 'standbys', 'stop_config', 'containers', 'volumes', 'rootfs'],
  ...['cache_drive', 'spot', 'size', 'disable_machine_autostart'],
]
/** Those that say something by being false or 0 too. */
const SCALING = ['autostop', 'autostart', 'min_machines_running']

/** A machine's config in the order flyctl writes it, with the two members it never leaves out. */
export const machineConfigJson = (config: unknown): Record<string, unknown> => ({
  ...pick(config, ['env']),
  init: field(config, 'init') ?? {},
  ...pick({ ...pick(config, AFTER_INIT), services: list(field(config, 'services')).map(serviceJson) }, AFTER_INIT),
})

const serviceJson = (service: unknown): unknown => ({
  ...pick(service, ['protocol', 'internal_port']),
  ...Object.fromEntries(
    SCALING.filter((name) => field(service, name) !== undefined).map((name) => [name, field(service, name)]),
  ),
  ...pick(service, ['ports', 'checks', 'concurrency']),
  force_instance_key: field(service, 'force_instance_key') ?? null,
  ...pick(service, ['force_instance_description']),
})
