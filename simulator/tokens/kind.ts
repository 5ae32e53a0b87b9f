import { READ } from './actions.ts'
import type { Caveat } from './caveats.ts'
import type { Grant } from './grant.ts'

export type TokenKind =
  | 'user'
  | 'org'
  | 'deploy'
  | 'readonly'
  | 'ssh'
  | 'machine-exec'
  | 'wireguard'
  | 'litefs-cloud'
  | 'none'

const OF_PROFILE = { user: 'user', deploy_organization: 'org', deploy: 'deploy', litefs_cloud: 'litefs-cloud' } as const

/** The kinds that flyctl makes by narrowing, known by what was appended. */
function kindMadeBy(caveat: Caveat): TokenKind | undefined {
  if (caveat.type === 'Mutations') return 'ssh'
  if (caveat.type === 'IfPresent')
    return caveat.ifs.some(({ type }) => type === 'Commands') ? 'machine-exec' : 'wireguard'
  const masked = caveat.type === 'Organization' || caveat.type === 'Action'
  return masked && caveat.mask === READ ? 'readonly' : undefined
}

const kindOfOne = ({ issued, caveats }: Grant): TokenKind =>
  caveats.slice(issued.ownCaveats).flatMap((caveat) => kindMadeBy(caveat) ?? [])[0] ?? OF_PROFILE[issued.profile]

/** A word for the tokens of a caller, for people and the ledger: what it may do is not decided by it. */
export function kindOf(grants: readonly [Grant, ...Grant[]]): TokenKind {
  const kinds = grants.map(kindOfOne)
  // An ssh token is two macaroons, of which one only reads.
  return kinds.find((kind) => kind === 'user') ?? kinds.find((kind) => kind === 'ssh') ?? kindOfOne(grants[0])
}
