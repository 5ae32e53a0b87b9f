import type { FlyEndpoints } from '#electron/fly/client.ts'
import type { Token } from '#electron/fly/token.ts'
import type { TokenFacts } from '#electron/fly/who-am-i.ts'
import type { Account, TokenKind, TokenReport } from '#shared/contracts/accounts.ts'

/** A token that was pasted and asked about, and is not signed in with yet. */
export interface Candidate {
  id: string
  token: Token
  facts: TokenFacts
  endpoints: FlyEndpoints
}

/** What may not be done, by kind (Fly docs, access tokens). */
const CANNOT: Record<TokenKind, readonly string[]> = {
  user: [],
  org: ['See or change other organizations.', 'Change members or billing.', 'Delete the organization.'],
  deploy: ['See or change other apps of the organization.', 'Create or delete apps.', 'Change members or billing.'],
  readonly: ['Change anything: starting, stopping, creating and deploying are refused by Fly.io.'],
  unknown: ['Fly.io did not say what this token may do. What it may not do is refused when you try.'],
}

export function reportOf({ id, token, facts }: Candidate): TokenReport {
  return { candidateId: id, ...facts, ending: token.ending, cannot: [...CANNOT[facts.kind]] }
}

interface AccountChoice {
  id: string
  kept: Account['kept']
  demo: boolean
}

export function accountOf({ token, facts }: Candidate, { id, kept, demo }: AccountChoice): Account {
  const { kind, identity, organizations } = facts
  return {
    id,
    label: demo ? 'Demo fleet' : labelOf(facts),
    ...(identity ? { identity } : {}),
    kind,
    ending: token.ending,
    organizations,
    cannot: [...CANNOT[kind]],
    demo,
    kept,
    protection: kind === 'readonly' ? 'read-only' : 'none',
  }
}

function labelOf({ identity, organizations: [first, ...rest], apps }: TokenFacts): string {
  if (apps.length > 0) return apps.join(', ')
  if (first && rest.length === 0) return first.name
  return identity ?? first?.name ?? 'Fly.io'
}

/** Whether a new token belongs to an account that is already there, and so takes the old one's place. */
export function isSameAccount(known: Account, candidate: Account): boolean {
  return !known.demo && !candidate.demo && describe(known) === describe(candidate)
}

const describe = ({ kind, identity, label, organizations }: Account) =>
  JSON.stringify([kind, identity ?? label, organizations.map(({ slug }) => slug).sort()])
