import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createGround, type Ground, type Step } from './ground.ts'
import { checkAll, createTrail } from './invariants.ts'
import { names, operations } from './operations.ts'

const step = fc.record<Step>({
  name: fc.constantFrom(...names),
  pick: fc.nat(1_000),
  n: fc.nat(100_000),
})
const steps = (count: number) => fc.array(step, { minLength: count, maxLength: count })

async function perform(ground: Ground, { name, pick, n }: Step): Promise<void> {
  const reply = await operations.get(name)?.(ground, { name, pick, n })
  expect(reply?.status ?? 200, `${name} answers ${JSON.stringify(reply?.body)}`).not.toBe(500)
}

/** Together 100,000. */
const WORLDS = 50
const STEPS = 2_000
/** Looking at everything takes a hundred times as long as a step. */
const ALL_EVERY = 100

test('whatever happens in whatever order, machines go where the diagrams lead and everything agrees', async () => {
  const gone = new Map<string, number>()
  const property = fc.asyncProperty(steps(STEPS), fc.nat(1_000), async (list, seed) => {
    const ground = await createGround(seed)
    const trail = createTrail(ground)
    for (const [at, next] of list.entries()) {
      await perform(ground, next)
      trail.follow()
      if (at % ALL_EVERY === 0) await checkAll(ground)
    }
    await ground.client.advance(10_000)
    await checkAll(ground)
    for (const [way, times] of trail.counted) gone.set(way, (gone.get(way) ?? 0) + times)
  })
  await fc.assert(property, { seed: 7, numRuns: WORLDS, endOnFailure: true })
  // The random walk has been everywhere there is a way to.
  for (const way of ['stopping → stopped', 'starting → launch_failed', 'suspended → stopping', 'updating → created'])
    expect(gone.get(way), way).toBeGreaterThan(20)
}, 600_000)

const Ledger = z.object({ requests: z.array(z.unknown()), effects: z.array(z.unknown()) })

async function ledgerOf(list: Step[]): Promise<string> {
  const ground = await createGround(11)
  for (const next of list) await perform(ground, next)
  const { ask, addresses } = ground.client
  const headers = { authorization: `Bearer ${addresses.controlToken}` }
  const { requests, effects } = Ledger.parse((await ask('GET', '/_control/ledger', { headers })).body)
  expect(effects.length).toBeGreaterThan(1_000)
  return JSON.stringify({ requests, effects })
}

test('the same seed and the same 5,000 requests leave the same ledger, to the byte', async () => {
  const [list = []] = fc.sample(steps(5_000), { seed: 13, numRuns: 1 })
  expect(await ledgerOf(list)).toBe(await ledgerOf(list))
}, 300_000)
