import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { ActiveAccount, ActiveAccounts } from '#electron/fly/active-account.ts'
import { createFlyClient } from '#electron/fly/client.ts'
import { createRateLimits } from '#electron/fly/rate-limit.ts'
import { createChanges } from '#electron/lib/changes.ts'
import type { Account } from '#shared/contracts/accounts.ts'
import type { TestSimulator } from './simulator.ts'

export interface TestAccount {
  accounts: ActiveAccounts
  account: Account
  /** Signs out: the account has ended and nobody is in use. */
  signOut(): void
}

/** An account that is signed in to a simulated Fly.io, for tests of features. */
export async function signInTo(simulator: TestSimulator, token = simulator.token): Promise<TestAccount> {
  const ended = new AbortController()
  const changes = createChanges()
  const limits = createRateLimits()
  const fly = createFlyClient({
    endpoints: simulator.endpoints,
    token: async () => token,
    limits,
    log: () => {},
    userAgent: 'hangar-test',
  })
  const organizations = await organizationsOf(simulator, token)
  const account: Account = {
    id: 'account-1',
    label: 'Demo',
    kind: 'user',
    ending: token.slice(-4),
    organizations,
    cannot: [],
    demo: true,
    kept: 'session',
    protection: 'none',
  }
  const active: ActiveAccount = {
    account,
    fly,
    rateLimitFree: limits.free,
    endpoints: simulator.endpoints,
    token: async () => token,
    ended: ended.signal,
  }
  return {
    accounts: { current: () => active, onChange: changes.on },
    account,
    signOut() {
      ended.abort()
      changes.emit()
    },
  }
}

const Organizations = z.object({
  organizations: z.array(z.object({ raw_slug: z.string(), name: z.string(), personal: z.boolean() })),
})

async function organizationsOf({ endpoints }: TestSimulator, token: string): Promise<Account['organizations']> {
  const response = await fetch(`${endpoints.api}/api/v1/organizations?admin=false`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!response.ok) return []
  const { organizations } = Organizations.parse(await response.json())
  return organizations.map(({ raw_slug, name, personal }) => ({ slug: raw_slug, name, personal }))
}

/** Waits until `look` finds something. */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 25_000,
): Promise<T> {
  const until = performance.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > until) throw new Error('What was waited for did not come.')
    await sleep(20)
  }
}
