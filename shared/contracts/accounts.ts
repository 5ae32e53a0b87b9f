import { z } from 'zod'
import { call, stream } from '../ipc/contract.ts'
import { OrgSlug } from './names.ts'

const Organization = z.object({
  slug: OrgSlug,
  name: z.string(),
  personal: z.boolean(),
  /** Fly's billing status, e.g. CURRENT, TRIAL_ACTIVE; absent when the token may not see it. */
  billingStatus: z.string().optional(),
})
export type Organization = z.infer<typeof Organization>

/** Fly's token kinds as far as they can be told apart without decoding (`unknown` macaroons are common). */
export const TokenKind = z.enum(['user', 'org', 'deploy', 'readonly', 'unknown'])
export type TokenKind = z.infer<typeof TokenKind>

/** What a token is and may do. The token itself never reaches the page: only its last four characters do. */
export const TokenReport = z.object({
  /** Names this pasted token in main's memory until it is signed in with or replaced. */
  candidateId: z.uuid(),
  kind: TokenKind,
  ending: z.string(),
  /** E-mail or identity Fly reports; absent for org and deploy tokens. */
  identity: z.string().optional(),
  organizations: z.array(Organization),
  /** Apps a deploy token is narrowed to; empty when it is not. */
  apps: z.array(z.string()),
  /** Sentences: what this token may not do. */
  cannot: z.array(z.string()),
})
export type TokenReport = z.infer<typeof TokenReport>

export const Account = z.object({
  id: z.string(),
  /** What the switcher shows: the organization, or the identity. */
  label: z.string(),
  identity: z.string().optional(),
  kind: TokenKind,
  ending: z.string(),
  organizations: z.array(Organization),
  cannot: z.array(z.string()),
  demo: z.boolean(),
  /** Where the token lives: the OS keychain, or only the memory of this run. */
  kept: z.enum(['keychain', 'session']),
  protection: z.enum(['none', 'protected', 'read-only']),
})
export type Account = z.infer<typeof Account>

export const Session = z.object({
  accounts: z.array(Account),
  currentId: z.string().optional(),
  keychain: z.enum(['available', 'locked', 'absent']),
  /** Why the current account cannot be used: Fly revoked the token, or the keychain will not give it out. */
  problem: z.enum(['none', 'revoked', 'keychain-locked', 'token-missing']),
  /** flyctl on this computer, for signing in with its login. */
  flyctl: z.discriminatedUnion('status', [
    z.object({ status: z.literal('found'), path: z.string(), version: z.string() }),
    z.object({ status: z.literal('too-old'), path: z.string(), version: z.string(), minimum: z.string() }),
    z.object({ status: z.literal('absent') }),
  ]),
})
export type Session = z.infer<typeof Session>

const Keep = z.enum(['keychain', 'session'])

export const accounts = {
  /** The session now, and again whenever it changes. */
  watch: stream({ input: z.object({}), item: Session }),
  /** Reads the clipboard in main, so a pasted token never enters the page, and asks Fly what it is. */
  inspectClipboard: call({ input: z.object({}), output: TokenReport }),
  /** Takes over the login of flyctl on this computer (`flyctl auth token`). */
  inspectFlyctlLogin: call({ input: z.object({}), output: TokenReport }),
  signIn: call({ input: z.object({ candidateId: z.uuid(), keep: Keep }), output: Account }),
  /** Starts the simulator on this computer and signs in to it. */
  exploreDemo: call({ input: z.object({}), output: Account }),
  switch: call({ input: z.object({ id: z.string() }), output: z.void() }),
  /** Removes the token from the keychain or memory and forgets the account's saved picture. */
  signOut: call({ input: z.object({ id: z.string() }), output: z.void() }),
  setProtection: call({
    input: z.object({ id: z.string(), protection: Account.shape.protection }),
    output: z.void(),
  }),
}
