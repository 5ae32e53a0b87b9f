import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { bytesUsed, fileSystemGb } from './use.ts'

const BLOCK = 4096

/** With `summary`: nothing of blocks and bytes (Machines API description). */
export const volumeSummary = (volume: Volume): Record<string, unknown> => ({
  id: volume.id,
  name: volume.name,
  state: volume.state,
  region: volume.region,
  zone: volume.zone,
  size_gb: volume.sizeGb,
  encrypted: volume.encrypted,
  fstype: volume.fstype,
  type: 'local',
  attached_machine_id: volume.attachedMachineId ?? null,
  attached_alloc_id: volume.attachedMachineId ?? null,
  created_at: new Date(volume.createdAt).toISOString(),
  snapshot_retention: volume.snapshotRetention,
  auto_backup_enabled: volume.autoBackup,
  host_status: volume.hostStatus,
  // No host here has anything that the others have not.
  host_features: [],
  required_host_features: [],
})

/** Volume of the Machines API. One that is not mounted, or has no file system, reports no usage. */
export function volumeView(world: World, volume: Volume): Record<string, unknown> {
  const total = fileSystemGb(volume) * 1024 ** 3
  const mounted = volume.attachedMachineId !== undefined && volume.fstype !== 'raw'
  const used = mounted ? bytesUsed(world, volume) : 0
  const free = Math.floor((total - used) / BLOCK)
  return {
    ...volumeSummary(volume),
    blocks: Math.floor(total / BLOCK),
    block_size: BLOCK,
    blocks_free: free,
    blocks_avail: free,
    bytes_used: used,
    bytes_total: total,
  }
}
