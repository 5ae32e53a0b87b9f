import { createRandom, hash } from '../world/random.ts'
import { makeMacaroon } from './macaroon.ts'
import type { Principal } from './principal.ts'

export interface TokenNames {
  user: string
  org: string
  deploy: string
  readonly: string
  revoked: string
}

export interface TokenBook {
  names: TokenNames
  find(token: string): Principal | undefined
  revoke(token: string): void
  restore(token: string): void
  mint(principal: Principal): string
  /** Tokens that were made here, with whether they still work. */
  made(): { principal: Principal; works: boolean }[]
  /** By id of a minted token; false when there is no such token. */
  revokeId(id: string): boolean
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The made-up tokens of a seed: the same seed gives the same tokens, so that a stored one works again. */
export function createTokenBook({ seed, org, app }: { seed: number; org: string; app: string }): TokenBook {
  const random = createRandom(hash(`tokens ${seed}`))
  const make = (prefix: string) => prefix + random.text(ALPHABET, 43)
  const known = new Map<string, Principal>()
  const revoked = new Set<string>()
  const add = (token: string, principal: Principal) => {
    known.set(token, principal)
    return token
  }
  const mint = (principal: Principal) => add(makeMacaroon(random), principal)

  const names = {
    user: add(make('fo1_'), { id: 'token-user', kind: 'user', owner: 'usr_1001@hangar.example' }),
    org: mint({ id: 'token-org', kind: 'org', org, owner: 'org-token' }),
    deploy: mint({ id: 'token-deploy', kind: 'deploy', org, app, owner: 'deploy-token' }),
    readonly: mint({ id: 'token-readonly', kind: 'readonly', org, owner: 'readonly-token' }),
    revoked: add(make('fo1_'), { id: 'token-revoked', kind: 'user', owner: 'usr_1002@hangar.example' }),
  }
  revoked.add(names.revoked)
  return {
    names,
    mint,
    find: (token) => (revoked.has(token) ? undefined : known.get(token)),
    revoke: (token) => void revoked.add(token),
    restore: (token) => void revoked.delete(token),
    made: () =>
      [...known].flatMap(([token, principal]) => (principal.made ? [{ principal, works: !revoked.has(token) }] : [])),
    revokeId(id) {
      const found = [...known].find(([, principal]) => principal.id === id)
      if (found) revoked.add(found[0])
      return found !== undefined
    },
  }
}
