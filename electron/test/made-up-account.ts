import type { ActiveAccount } from '#electron/fly/active-account.ts'

/** An account in use that nobody has, for tests that need no Fly.io behind it. What a test is about, it says itself. */
export const madeUpAccount = (said: Partial<ActiveAccount> = {}): ActiveAccount => ({
  account: {
    id: 'account-1',
    label: 'acme',
    kind: 'org',
    ending: 'test',
    organizations: [],
    cannot: [],
    demo: false,
    kept: 'session',
    protection: 'none',
  },
  fly: () => Promise.reject(new Error('This test asks nothing of Fly.io.')),
  rateLimitFree: () => 1,
  endpoints: {
    machines: '',
    api: '',
    registryHost: '',
    appDomain: 'fly.dev',
    appUrl: (app) => `https://${app}.fly.dev`,
  },
  token: async () => 'fo1_made-up-for-this-test',
  ended: new AbortController().signal,
  ...said,
})
