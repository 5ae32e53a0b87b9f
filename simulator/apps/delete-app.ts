import { vanish } from '../machines/destroy.ts'
import { publishVolume } from '../volumes/publish.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'

/** Takes everything of the app with it: machines, volumes and their snapshots, images (Fly docs, delete an app). */
export function deleteApp(world: World, app: App): void {
  // Those that are destroyed but can still be read belong to the app by name alone.
  for (const machine of world.machines.values()) {
    if (machine.app === app.name) vanish(world, machine)
  }
  for (const id of app.volumes) {
    const volume = world.volumes.get(id)
    if (!volume) continue
    volume.state = 'destroyed'
    volume.updatedAt = world.clock.now()
    publishVolume(world, volume)
    world.hosts.get(volume.zone).volumes.delete(id)
    world.volumes.delete(id)
  }
  // Volumes destroyed before keep their snapshots no longer than their app.
  for (const [id, volume] of world.volumes) if (volume.app === app.name) world.volumes.delete(id)
  world.registry.repositories.delete(app.name)
  world.apps.delete(app.name)
}
