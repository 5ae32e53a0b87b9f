import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { takeSnapshot } from '../volumes/snapshots.ts'
import type { Context } from './context.ts'
import { volumeNode } from './volume-nodes.ts'

export const volumeMutations = (context: Context) => ({
  createVolumeSnapshot({ input }: { input: { volumeId: string } }) {
    const { world, principal } = context
    const volume = world.volumes.get(input.volumeId)
    if (!volume) throw new FlyError(404, 'Could not find Volume')
    appFor(world, principal, volume.app)
    takeSnapshot(world, volume)
    return { volume: volumeNode(context, volume) }
  },
})
