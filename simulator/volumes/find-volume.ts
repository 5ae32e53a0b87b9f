import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import type { Call } from '../http/route.ts'
import type { Volume } from '../world/types.ts'

/** The volume a path names, even one that is destroyed and has snapshots left; 404 when it is not there, or not in that app. */
export function volumeEverMade({ world, principal, params }: Call): Volume {
  const app = appFor(world, principal, params.app ?? '')
  const volume = world.volumes.get(params.volume ?? '')
  if (!volume || volume.app !== app.name) throw new FlyError(404, 'volume not found')
  return volume
}

/** The same, as long as it is not destroyed. */
export function volumeFor(call: Call): Volume {
  const volume = volumeEverMade(call)
  if (volume.state === 'destroyed') throw new FlyError(404, 'volume not found')
  return volume
}

/** The same, for what its host has to do: refused while the host cannot be reached, or is at something else. */
export function volumeForWork(call: Call): Volume {
  const volume = volumeFor(call)
  if (volume.hostStatus !== 'ok') throw new FlyError(503, 'the host of this volume cannot be reached')
  if (volume.state !== 'created') throw new FlyError(422, `volume ${volume.id} is busy: ${volume.state}`)
  return volume
}
