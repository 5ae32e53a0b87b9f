import type { Volume } from '../world/types.ts'

const BLOCK = 4096

/** Volume of the Machines API. An unmounted one reports no usage. */
export function volumeView(volume: Volume): Record<string, unknown> {
  const total = volume.sizeGb * 1024 ** 3
  const used = volume.attachedMachineId === undefined ? 0 : volume.bytesUsed
  const blocks = Math.floor(total / BLOCK)
  const free = Math.floor((total - used) / BLOCK)
  return {
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
    blocks,
    block_size: BLOCK,
    blocks_free: free,
    blocks_avail: free,
    bytes_used: used,
    bytes_total: total,
  }
}
