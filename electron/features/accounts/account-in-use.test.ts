import { expect, test, vi } from 'vitest'
import { createFlyClient } from '#electron/fly/client.ts'
import { madeUpAccount } from '#electron/test/made-up-account.ts'
import { memoryKeychain } from '#electron/test/memory-keychain.ts'
import { createAccountInUse } from './account-in-use.ts'
import { createRoster } from './roster.ts'
import { createTokenStore } from './token-store.ts'

const { account: anyone, endpoints } = madeUpAccount()
const account = { ...anyone, kept: 'keychain' as const }
const { signal } = new AbortController()

/** An account whose token is in a keychain that shows a prompt until `unlock` is called. */
async function behindPrompt() {
  const { keychain, control, secrets } = memoryKeychain()
  secrets.set(account.id, 'fo1_kept_behind_a_prompt')
  const prompt = Promise.withResolvers<void>()
  control.unlocked = prompt.promise
  const asked = vi.spyOn(keychain, 'get')
  const roster = createRoster({ read: async () => ({ accounts: [] }), write: async () => {}, settled: async () => {} })
  roster.put(account)
  const inUse = createAccountInUse({
    ...{ roster, signal, endpointsOf: () => endpoints, patienceMs: 20 },
    tokens: createTokenStore(keychain),
    connect: (options) => createFlyClient({ ...options, log: () => {}, userAgent: 'Hangar/test' }),
  })
  const problems: string[] = []
  inUse.onViewChange(() => problems.push(inUse.problem()))
  return { inUse, asked, problems, control, unlock: prompt.resolve }
}

test('a keychain that waits to be unlocked holds nothing up, is asked once, and is used when it opens', async () => {
  const { inUse, asked, problems, unlock } = await behindPrompt()
  await inUse.use(account)
  expect(inUse.problem()).toBe('keychain-locked')
  const token = inUse.current().token()

  unlock()
  expect(await token).toBe('fo1_kept_behind_a_prompt')
  await expect.poll(() => problems).toEqual(['keychain-locked', 'none'])
  expect(asked).toHaveBeenCalledTimes(1)
})

test('a prompt that is dismissed leaves the account waiting, and the next try asks again', async () => {
  const { inUse, asked, problems, control, unlock } = await behindPrompt()
  await inUse.use(account)
  control.state = 'locked'
  unlock()
  await expect(inUse.current().token()).rejects.toMatchObject({ code: 'keychain' })
  expect(problems).toEqual(['keychain-locked'])
  control.state = 'available'
  await inUse.use(account)
  expect(inUse.problem()).toBe('none')
  expect(asked.mock.calls.length).toBeGreaterThan(1)
})

test('what a prompt comes to after the account was left says nothing about the next one', async () => {
  const { inUse, problems, unlock } = await behindPrompt()
  await inUse.use(account)
  await inUse.use(undefined)
  unlock()
  await expect.poll(() => problems).toEqual(['keychain-locked', 'none'])
  expect(inUse.id()).toBeUndefined()
})
