import type { App } from '../world/types.ts'
import { iso } from './page.ts'

/** Never a value: only whether it changed. */
export const secretNodes = ({ secrets }: App) =>
  [...secrets.values()].map(({ name, digest, createdAt }) => ({
    id: name,
    name,
    digest,
    createdAt: iso(createdAt),
    // The Machines API, over which secrets are set, does not tell who did.
    user: null,
  }))
