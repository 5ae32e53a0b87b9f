import { ulid } from '../world/ids.ts'
import type { World } from '../world/world.ts'

/** As `fly-request-id` has it: a ULID and the region that answered. */
export const requestId = ({ random, clock }: Pick<World, 'random' | 'clock'>): string =>
  `${ulid(random, clock.now())}-sim`
