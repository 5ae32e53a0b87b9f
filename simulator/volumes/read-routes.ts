import { appFor } from '../apps/find-app.ts'
import { FlyError } from '../http/fly-error.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import type { Volume } from '../world/types.ts'
import { volumeView } from './volume-view.ts'

/** The volume a path names; 404 when it is not there, or not in that app. */
export function volumeFor({ world, principal, params }: Call): Volume {
  const app = appFor(world, principal, params.app ?? '')
  const volume = world.volumes.get(params.volume ?? '')
  if (!volume || volume.app !== app.name) throw new FlyError(404, 'volume not found')
  return volume
}

function list({ world, principal, params }: Call) {
  const app = appFor(world, principal, params.app ?? '')
  return ok([...app.volumes].flatMap((id) => world.volumes.get(id) ?? []).map(volumeView))
}

export const volumeReadRoutes: Route[] = [
  { method: 'GET', path: '/v1/apps/:app/volumes', handle: list },
  { method: 'GET', path: '/v1/apps/:app/volumes/:volume', handle: (call) => ok(volumeView(volumeFor(call))) },
]
