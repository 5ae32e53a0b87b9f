import type { Account } from '#shared/contracts/accounts.ts'
import type { FlyClient, FlyEndpoints } from './client.ts'

/** The account the window works for, with everything a feature needs to act for it. */
export interface ActiveAccount {
  /** Always the present one: protection may be changed while the account is in use. */
  readonly account: Account
  fly: FlyClient
  /** Share of the request budget that is free, 0…1. */
  rateLimitFree: () => number
  endpoints: FlyEndpoints
  /** The token as Fly's clients expect it, without a scheme word. Goes to Fly and to flyctl's environment, nowhere else. */
  token: () => Promise<string>
  /** Aborts when the person signs out, switches account, or the app quits. */
  ended: AbortSignal
}

export interface ActiveAccounts {
  /** Throws `unauthenticated` when nobody is signed in. */
  current(): ActiveAccount
  /** Calls back after each switch, sign-in and sign-out. Returns how to stop listening. */
  onChange(listener: () => void): () => void
}
