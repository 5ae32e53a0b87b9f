import type { FlyClient } from '#electron/fly/client.ts'
import { getMachine } from '#electron/fly/machines.ts'
import type { FleetRows } from '#shared/operations/plan-machines.ts'
import { isCode } from './wait-until.ts'

interface Options {
  fly: FlyClient
  /** As the picture has them; its lists lag behind, so it may not know yet what a new machine mounts. */
  volumes: FleetRows['volumes']
  app: string
  id: string
  signal: AbortSignal
}

/** Ids of the volumes that belong to a machine: what it mounts now, by Fly's word, and what the picture says of it. */
export async function volumesOfMachine({ fly, volumes, app, id, signal }: Options): Promise<string[]> {
  const known = volumes.filter(({ attachedMachineId }) => attachedMachineId === id).map((volume) => volume.id)
  return [...new Set([...known, ...(await mountedBy(fly, { app, id, signal }))])]
}

async function mountedBy(fly: FlyClient, target: Pick<Options, 'app' | 'id' | 'signal'>): Promise<string[]> {
  try {
    const { config } = await getMachine(fly, target)
    return (config?.mounts ?? []).map(({ volumeId }) => volumeId)
  } catch (error) {
    // Gone already: the picture is all that is left to know it by.
    if (isCode(error, 'not-found')) return []
    throw error
  }
}
