import { z } from 'zod'
import { organizationFor } from '../apps/find-app.ts'
import { badRequest } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'
import { hash } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { NEAREST, REGIONS, regionsMeant } from './regions.ts'

/** How many more machines would start there: none in a full region, else a steady made-up figure. */
const capacityOf = (world: World, code: string) =>
  world.fullRegions.has(code) ? 0 : 40 + (hash(`${world.seed} ${code}`) % 900)

function regions({ world }: Call) {
  return ok({
    Nearest: NEAREST,
    Regions: REGIONS.map(({ code, name, latitude, longitude, geo, gateway }) => ({
      code,
      name,
      latitude,
      longitude,
      gateway_available: gateway,
      requires_paid_plan: code === 'bom',
      deprecated: false,
      capacity: capacityOf(world, code),
      geo_region: geo,
    })),
  })
}

const Placement = z.looseObject({
  org_slug: z.string().min(1),
  region: z.string().default('any'),
  count: z.int().nonnegative().default(0),
})

function placements({ world, principal, body }: Call) {
  const { org_slug: slug, region, count } = parse(Placement, body)
  organizationFor(world, principal, slug)
  const meant = regionsMeant(region)
  if (meant.length === 0) throw badRequest(`invalid region: ${region}`)
  const rows = meant.flatMap((code) => {
    const capacity = capacityOf(world, code)
    return capacity === 0
      ? []
      : [{ region: code, count: count === 0 ? capacity : Math.min(count, capacity), concurrency: 10 }]
  })
  return ok({ regions: rows })
}

export const platformRoutes: Route[] = [
  { method: 'GET', path: '/v1/platform/regions', handle: regions, open: true },
  { method: 'POST', path: '/v1/platform/placements', handle: placements, readOnly: true },
]
