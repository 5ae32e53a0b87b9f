import { type Call, ok, type Route } from '../http/route.ts'
import { capacityOf } from './capacity.ts'
import { placements } from './placements.ts'
import { hasPostgres, NEAREST, REGIONS } from './regions.ts'
import { sizeAsked } from './size-query.ts'

function regions({ world, query }: Call) {
  const { guest, gpu } = sizeAsked(query)
  return ok({
    // Seen with capitals, though the description writes them small (Fly forum, regions API).
    Nearest: NEAREST,
    Regions: REGIONS.map((region) => ({
      code: region.code,
      name: region.name,
      latitude: region.latitude,
      longitude: region.longitude,
      gateway_available: region.gateway,
      requires_paid_plan: region.code === 'bom',
      deprecated: false,
      capacity: gpu ? 0 : capacityOf(world, region.code, guest),
      geo_region: region.geo,
      mpg_available: hasPostgres(region),
    })),
  })
}

export const platformRoutes: Route[] = [
  { method: 'GET', path: '/v1/platform/regions', handle: regions, open: true },
  { method: 'POST', path: '/v1/platform/placements', handle: placements, readOnly: true },
]
