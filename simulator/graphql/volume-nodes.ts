import { bytesUsed } from '../volumes/use.ts'
import type { App, Volume } from '../world/types.ts'
import { appByName } from './app-by-name.ts'
import type { Context } from './context.ts'
import { machineNode } from './machine-nodes.ts'
import { connection, iso, type PageArguments } from './page.ts'

export const volumeNode = (context: Context, volume: Volume): Record<string, unknown> => {
  const machine = context.world.machines.get(volume.attachedMachineId ?? '')
  return {
    id: volume.id,
    internalId: volume.id.slice(4),
    name: volume.name,
    region: volume.region,
    sizeGb: volume.sizeGb,
    usedBytes: String(machine ? bytesUsed(context.world, volume) : 0),
    state: volume.state,
    status: volume.state,
    encrypted: volume.encrypted,
    snapshotRetentionDays: volume.snapshotRetention,
    createdAt: iso(volume.createdAt),
    attachedMachine: machine ? machineNode(context, machine) : null,
    app: () => appByName(context, volume.app),
    host: { id: volume.zone },
    snapshots: (page: PageArguments) =>
      connection(volume.snapshots, page, ({ id, size, digest, createdAt, retentionDays }) => ({
        id,
        size: String(size),
        digest,
        createdAt: iso(createdAt),
        retentionDays,
        volume: () => volumeNode(context, volume),
      })),
  }
}

export const volumesOf = ({ world }: Context, { volumes }: App): Volume[] =>
  [...volumes].flatMap((id) => world.volumes.get(id) ?? [])
