import { expect, test } from 'vitest'
import type { ActiveAccount } from '#electron/fly/active-account.ts'
import { createChanges } from '#electron/lib/changes.ts'
import { costHandlers } from './handlers.ts'

function setup() {
  const ended = new AbortController()
  const active: ActiveAccount = {
    account: {
      id: 'a',
      label: 'Acme',
      kind: 'user',
      ending: 'abcd',
      organizations: [],
      cannot: [],
      demo: true,
      kept: 'session',
      protection: 'none',
    },
    fly: () => Promise.reject(new Error('not asked')),
    rateLimitFree: () => 1,
    endpoints: { machines: '', api: '', registryHost: '', appDomain: '', appUrl: (app) => app },
    token: async () => '',
    ended: ended.signal,
  }
  const changes = createChanges()
  const handlers = costHandlers({
    accounts: { current: () => active, onChange: changes.on },
    ledger: { record() {}, since: () => new Map() },
    fleet: { rows: () => ({ apps: [], machines: [], volumes: [] }), onChange: changes.on },
  })
  return { handlers, ended }
}

test('the estimate comes at once, and ends with the account', async () => {
  const { handlers, ended } = setup()
  const summaries = handlers.watch({}, { signal: new AbortController().signal })[Symbol.asyncIterator]()
  expect((await summaries.next()).value?.monthToDate.total).toBe('0')
  const next = summaries.next()
  ended.abort()
  expect(await next).toEqual({ done: true, value: undefined })
})
