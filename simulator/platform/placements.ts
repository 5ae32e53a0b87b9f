import { z } from 'zod'
import { organizationFor } from '../apps/find-app.ts'
import { badRequest } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok } from '../http/route.ts'
import { Guest, guestProblem } from '../machines/config.ts'
import { capacityOf, DEFAULT_GUEST } from './capacity.ts'
import { NEAREST, regionsMeant } from './regions.ts'

const Placement = z.looseObject({
  org_slug: z.string().min(1),
  region: z.string().nullish(),
  count: z.int().nonnegative().nullish(),
  compute: Guest.nullish(),
  volume_name: z.string().nullish(),
  volume_size_bytes: z.int().nonnegative().nullish(),
  weights: z.record(z.string(), z.int()).nullish(),
})

/** Machines an organization may have in one region before it has to ask: a guess. */
const LIMIT = 50
/** Machines that could start in a region at the same time. */
const CONCURRENCY = 10

/** Spreads `count` machines over the regions in the order they are named; 0 reports what is allowed in each. */
export function placements({ world, principal, body }: Call) {
  const { org_slug: slug, region, count: wanted, compute } = parse(Placement, body)
  organizationFor(world, principal, slug)
  const guest = compute ?? DEFAULT_GUEST
  const problem = guestProblem(guest)
  if (problem !== undefined) throw badRequest(`invalid compute: ${problem}`)
  const meant = regionsMeant(region || `${NEAREST},any`)
  if (meant.length === 0) throw badRequest(`invalid region: ${region}`)
  let left = wanted ?? 0
  const rows = [...new Set(meant)].flatMap((code) => {
    const room = Math.min(capacityOf(world, code, guest), LIMIT)
    const count = wanted ? Math.min(left, room) : room
    left -= count
    return count > 0 ? [{ region: code, count, concurrency: Math.min(count, CONCURRENCY) }] : []
  })
  return ok({ regions: rows })
}
