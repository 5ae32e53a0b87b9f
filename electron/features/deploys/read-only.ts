import type { Account } from '#shared/contracts/accounts.ts'

/** Why this account may deploy nothing, and what to do about it; undefined when it may. */
export function whyReadOnly({ protection, kind }: Account): { text: string; advice: string } | undefined {
  if (kind === 'readonly')
    return { text: 'This token may only read.', advice: 'Sign in with an organization or deploy token to deploy.' }
  if (protection === 'read-only')
    return { text: 'This account is read-only in Hangar.', advice: 'Allow changes in the account menu first.' }
  return undefined
}
