import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startSimulator, type TestSimulator } from '#electron/test/simulator.ts'
import { createFlyClient } from './client.ts'
import { createRateLimits } from './rate-limit.ts'
import { parseToken, type Token } from './token.ts'
import { checkToken, describeToken, kindOf } from './who-am-i.ts'

// Real processes, on a computer that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let simulator: TestSimulator
beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: 'off' })
})
afterAll(() => simulator.stop())

const { signal } = new AbortController()

function connect(token: Token) {
  return createFlyClient({
    endpoints: simulator.endpoints,
    token: async () => token.value,
    limits: createRateLimits(),
    log: () => {},
    userAgent: 'Hangar/test',
  })
}

const describe = (text: string) => {
  const token = parseToken(text)
  return describeToken(connect(token), token, signal)
}

test("a person's token has an identity and every organization", async () => {
  const facts = await describe(simulator.tokens.user)
  expect(facts).toMatchObject({ kind: 'user', identity: expect.stringContaining('@'), apps: [] })
  expect(facts.organizations.length).toBeGreaterThan(1)
})

test('an org token sees one organization', async () => {
  const facts = await describe(`FlyV1 ${simulator.tokens.org}`)
  expect(facts).toMatchObject({ kind: 'org', apps: [] })
  expect(facts.organizations).toHaveLength(1)
})

test('a deploy token is narrowed to one app', async () => {
  const facts = await describe(simulator.tokens.deploy)
  expect(facts.kind).toBe('deploy')
  expect(facts.apps).toHaveLength(1)
  expect(facts.organizations).toHaveLength(1)
})

test('a read-only token is told from an org token by what it may not do', async () => {
  expect(await describe(simulator.tokens.readonly)).toMatchObject({ kind: 'readonly' })
})

test.each(['revoked', 'made up'])('a %s token is refused', async (which) => {
  const text = which === 'revoked' ? simulator.tokens.revoked : 'fm2_bm90aGluZyB0byBzZWU='
  await expect(describe(text)).rejects.toMatchObject({ code: 'unauthenticated', message: /Sign in again/ })
})

test('checking a good token is quiet, and a revoked one is unauthenticated', async () => {
  for (const name of ['user', 'org', 'deploy', 'readonly'] as const) {
    const token = parseToken(simulator.tokens[name])
    await checkToken(connect(token), token, signal)
  }
  const revoked = parseToken(simulator.tokens.revoked)
  await expect(checkToken(connect(revoked), revoked, signal)).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('one question that fails leaves the other answers', async () => {
  await simulator.control('POST', '/fail', { path: '/graphql', status: 500, body: {} })
  expect(await describe(simulator.tokens.user)).toMatchObject({ kind: 'user', organizations: expect.any(Array) })
  await simulator.control('POST', '/clear-faults', {})
})

test('when nothing can be learnt, the reason is the network', async () => {
  await simulator.control('POST', '/offline', {})
  await expect(describe(simulator.tokens.user)).rejects.toMatchObject({ code: 'unavailable' })
  await simulator.control('POST', '/online', {})
})

test('a macaroon about which Fly says nothing is of unknown kind', () => {
  const nothing = { organizations: [], viewer: undefined, current: [] }
  expect(kindOf({ userTokens: [] }, nothing)).toBe('unknown')
  expect(kindOf({ userTokens: ['fo1_x'] }, nothing)).toBe('user')
})
