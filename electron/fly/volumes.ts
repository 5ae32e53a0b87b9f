import { z } from 'zod'
import type { Guest } from '#shared/contracts/fleet.ts'
import type { FlyClient } from './client.ts'
import { itemsOf, maybe, Time } from './lenient.ts'

export interface FlyVolume {
  id: string
  name: string
  app: string
  state: string
  region: string
  sizeGb: number
  /** 0 while the volume is not mounted. */
  bytesUsed?: number | undefined
  bytesTotal?: number | undefined
  encrypted: boolean
  attachedMachineId?: string | undefined
  snapshotRetentionDays?: number | undefined
  createdAt: number
  updatedAt: number
}

const RawVolume = z.object({
  id: z.string().min(1),
  name: z.string().catch(''),
  app_name: maybe(z.string()),
  state: z.string().catch('created'),
  region: z.string().catch(''),
  size_gb: z.number().catch(0),
  bytes_used: maybe(z.number()),
  bytes_total: maybe(z.number()),
  encrypted: z.boolean().catch(true),
  attached_machine_id: maybe(z.string()),
  snapshot_retention: maybe(z.int()),
  created_at: Time,
  updated_at: Time,
})

function volumeOf(raw: z.infer<typeof RawVolume>, app: string): FlyVolume {
  return {
    id: raw.id,
    name: raw.name,
    app,
    state: raw.state,
    region: raw.region,
    sizeGb: raw.size_gb,
    bytesUsed: raw.bytes_used || undefined,
    bytesTotal: raw.bytes_total || undefined,
    encrypted: raw.encrypted,
    attachedMachineId: raw.attached_machine_id || undefined,
    snapshotRetentionDays: raw.snapshot_retention,
    createdAt: raw.created_at,
    updatedAt: raw.updated_at,
  }
}

const volumeSchema = (app: string) => RawVolume.transform((raw) => volumeOf(raw, app))
export const OrgVolume = RawVolume.extend({ app_name: z.string().min(1) }).transform((raw) =>
  volumeOf(raw, raw.app_name),
)

interface OfApp {
  app: string
  signal: AbortSignal
}

const volumesPath = (app: string) => `/v1/apps/${app}/volumes`

export function listVolumes(fly: FlyClient, { app, signal }: OfApp): Promise<FlyVolume[]> {
  const limit = { action: 'list-volumes', id: app }
  return fly({ service: 'machines', path: volumesPath(app), limit, schema: itemsOf(volumeSchema(app)), signal })
}

export function getVolume(fly: FlyClient, { app, id, signal }: OfApp & { id: string }): Promise<FlyVolume> {
  const limit = { action: 'get-volume', id }
  return fly({ service: 'machines', path: `${volumesPath(app)}/${id}`, limit, schema: volumeSchema(app), signal })
}

interface NewVolume extends OfApp {
  name: string
  region: string
  sizeGb: number
  /** The machine that will mount it, so that the host has room for both. */
  guest: Guest
}

export function createVolume(fly: FlyClient, { app, name, region, sizeGb, guest, signal }: NewVolume) {
  return fly({
    service: 'machines',
    method: 'POST',
    path: volumesPath(app),
    body: {
      name,
      region,
      size_gb: sizeGb,
      encrypted: true,
      // Fly's default asks for a zone no other volume of the name is in, and fails when there is none left.
      require_unique_zone: false,
      compute: { cpu_kind: guest.cpuKind, cpus: guest.cpus, memory_mb: guest.memoryMb },
    },
    limit: { action: 'create-volume', id: app },
    schema: volumeSchema(app),
    signal,
  })
}

/** Fly keeps it as `pending_destroy` for a day, free of charge. */
export function deleteVolume(fly: FlyClient, { app, id, signal }: OfApp & { id: string }): Promise<unknown> {
  const limit = { action: 'delete-volume', id }
  return fly({
    service: 'machines',
    method: 'DELETE',
    path: `${volumesPath(app)}/${id}`,
    limit,
    schema: z.unknown(),
    signal,
  })
}
