import { scaledDelay } from '../world/delay.ts'
import type { Volume } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { volumeView } from './volume-view.ts'

/** Puts the volume, as it is now, into the late org-wide list. */
export function publishVolume(world: World, volume: Volume, options: { atOnce?: boolean } = {}): void {
  const app = world.apps.get(volume.app)
  if (!app) return
  const updatedAt = new Date(volume.updatedAt).toISOString()
  world.volumeChanges.record(
    {
      id: volume.id,
      org: app.org,
      updatedAt,
      region: volume.region,
      state: volume.state,
      deleted: volume.state === 'destroyed',
      full: { ...volumeView(world, volume), app_name: volume.app, updated_at: updatedAt },
    },
    options.atOnce ? 0 : scaledDelay(world, world.listLag),
  )
}
