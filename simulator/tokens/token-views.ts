import type { World } from '../world/world.ts'
import { caveatView } from './caveat-view.ts'
import type { Caveat } from './caveats.ts'
import type { Grant } from './grant.ts'

const inside = (caveat: Caveat): Caveat[] => [
  caveat,
  ...(caveat.type === 'IfPresent' ? caveat.ifs.flatMap(inside) : []),
]

/** What `/v1/tokens/current` says of a macaroon, read from its caveats. */
export function tokenInfo(world: World, { issued, caveats }: Grant): Record<string, unknown> {
  const all = caveats.flatMap(inside)
  const found = all.find((caveat) => caveat.type === 'Organization')
  const organization = world.organizations.find(({ numericId }) => numericId === found?.id)
  const numbers = all.flatMap((caveat) => (caveat.type === 'Apps' ? [...caveat.masks.keys()] : []))
  const apps = [...world.apps.values()].filter(({ numericId }) => numbers.includes(numericId))
  return {
    token_id: issued.id,
    org_slug: organization?.slug ?? '',
    organization: organization?.name ?? '',
    apps: apps.map(({ name }) => name),
    // Org and deploy tokens belong to nobody in particular.
    user: '',
    restricted_to_machine: all.find((caveat) => caveat.type === 'FromMachineSource')?.machine ?? '',
    source_machine_id: '',
  }
}

/** A token as it was verified: its nonce and its caveats, in the form that `fly tokens debug` prints. */
export const verifiedToken = ({ text, issued, caveats }: Grant) => ({
  header: text,
  nonce: { kid: [...Buffer.from(issued.id)], proof: false },
  permission_token: [...Buffer.from(text.slice(text.indexOf('_') + 1), 'base64')],
  caveats: { caveats: caveats.map(caveatView) },
})
