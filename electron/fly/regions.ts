import { z } from 'zod'
import type { Guest } from '#shared/contracts/fleet.ts'
import type { FlyClient } from './client.ts'
import { itemsOf, maybe } from './lenient.ts'

export interface FlyRegion {
  code: string
  name: string
  /** How many more machines of the asked size could start there. */
  capacity?: number | undefined
  deprecated: boolean
}

const RawRegion = z
  .object({
    code: z.string().min(1),
    name: z.string().catch(''),
    capacity: maybe(z.number()),
    deprecated: z.boolean().catch(false),
  })
  .transform(({ name, code, ...region }): FlyRegion => ({ ...region, code, name: name || code }))

/** The live root key was seen with a capital R, the specification has a small one. */
const Answer = z
  .object({ regions: maybe(itemsOf(RawRegion)), Regions: maybe(itemsOf(RawRegion)) })
  .transform(({ regions = [], Regions = [] }) => (regions.length > 0 ? regions : Regions))

/** Regions of the platform, with room for a guest where it is given. */
export function listRegions(fly: FlyClient, { guest, signal }: { guest?: Guest | undefined; signal: AbortSignal }) {
  return fly({
    service: 'machines',
    path: '/v1/platform/regions',
    query: guest ? { cpu_kind: guest.cpuKind, cpus: guest.cpus, memory_mb: guest.memoryMb } : {},
    limit: { action: 'list-regions', id: 'platform' },
    schema: Answer,
    signal,
  })
}
