import { z } from 'zod'
import { appFor } from '../apps/find-app.ts'
import { Flag, parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { volumeFor } from './find-volume.ts'
import { volumeSummary, volumeView } from './volume-view.ts'

const Query = z.looseObject({ summary: Flag.optional() })

function list({ world, principal, params, query }: Call) {
  const app = appFor(world, principal, params.app ?? '')
  const { summary } = parse(Query, query)
  const volumes = [...app.volumes].flatMap((id) => world.volumes.get(id) ?? [])
  return ok(volumes.map((volume) => (summary ? volumeSummary(volume) : volumeView(world, volume))))
}

export const volumeReadRoutes: Route[] = [
  { method: 'GET', path: '/v1/apps/:app/volumes', handle: list },
  {
    method: 'GET',
    path: '/v1/apps/:app/volumes/:volume',
    handle: (call) => ok(volumeView(call.world, volumeFor(call))),
  },
]
