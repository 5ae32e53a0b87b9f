import { field, list, text } from '../api.ts'

/** What machine commands know of a machine. */
export interface Machine {
  id: string
  app: string
  state: string
  region: string
  name: string
  instanceId: string
  config: unknown
  hostStatus: string
  /** As Fly said it. */
  raw: unknown
}

export const machineOf = (app: string, raw: unknown): Machine => ({
  app,
  raw,
  id: text(raw, 'id') ?? '',
  state: text(raw, 'state') ?? '',
  region: text(raw, 'region') ?? '',
  name: text(raw, 'name') ?? '',
  instanceId: text(raw, 'instance_id') ?? '',
  config: field(raw, 'config'),
  hostStatus: text(raw, 'host_status') ?? '',
})

export const pathOf = ({ app, id }: Pick<Machine, 'app' | 'id'>): string =>
  `/v1/apps/${encodeURIComponent(app)}/machines/${encodeURIComponent(id)}`

/** `shop:deployment-01…`. */
export function imageOf(machine: unknown): string {
  const ref = field(machine, 'image_ref')
  const version = text(field(ref, 'labels'), 'fly.version')
  const name = `${text(ref, 'repository') ?? ''}:${text(ref, 'tag') ?? ''}`
  return version === undefined ? name : `${name} (${version})`
}

/** With registry and digest: what a clone is made from. */
export function fullImageOf(machine: unknown): string {
  const ref = field(machine, 'image_ref')
  const part = (before: string, name: string) => (text(ref, name) === undefined ? '' : before + text(ref, name))
  return `${text(ref, 'registry')}/${text(ref, 'repository')}${part(':', 'tag')}${part('@', 'digest')}`
}

export const metadataOf = (machine: unknown): unknown => field(field(machine, 'config'), 'metadata')
export const groupOf = (machine: unknown): string => text(metadataOf(machine), 'fly_process_group') ?? ''

/** `shared-cpu-1x:512MB`. */
export function sizeOf(machine: unknown, { memory }: { memory: boolean }): string {
  const guest = field(field(machine, 'config'), 'guest')
  if (guest === undefined) return ''
  const name = text(guest, 'cpu_kind') === 'performance' ? 'performance' : 'shared-cpu'
  return `${name}-${field(guest, 'cpus')}x${memory ? `:${field(guest, 'memory_mb')}MB` : ''}`
}

export const checksOf = (machine: unknown) => list(field(machine, 'checks'))
export const passing = (machine: unknown): number =>
  checksOf(machine).filter((check) => text(check, 'status') === 'passing').length
