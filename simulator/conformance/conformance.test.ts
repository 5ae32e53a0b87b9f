import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLivingWorld } from './create-living-world.ts'
import { findDescription, type Operation, readDescription } from './description.ts'
import { createJudge } from './judge.ts'
import type { LivingWorld } from './living-world.ts'
import { fillPath, headersFor, type Ingredients, ingredients, refine, withQuery } from './requests.ts'
import { NEVER_DONE, NEVER_SHOWN, TOLERATED_ANSWERS, TOLERATED_REQUESTS, type Tolerated } from './tolerated.ts'
import { type WrongRequest, wrongRequests } from './wrong-requests.ts'

const text = findDescription()
const description = text === undefined ? { operations: [], definitions: {} } : readDescription(text)
const judge = createJudge(description)
const toleratedRequests = new Set<Tolerated>()
const title = text === undefined ? 'the API description (FLY_OPENAPI names none: skipped)' : 'the API description'

/** A config has hundreds of places where something can stand, an access many things it can be about. */
const MANY: Record<string, number> = {
  'POST /apps/{app_name}/machines': 120,
  'POST /apps/{app_name}/machines/{machine_id}': 120,
  'POST /tokens/authorize': 80,
}
const USUAL = 24

/** Ends at the first failure: what came before it in the same world cannot be left out, so nothing can be shrunk. */
const often = ({ name }: Operation) => ({
  seed: 7,
  endOnFailure: true,
  numRuns: MANY[name] ?? USUAL,
})

/** Sends a request; where it waits for something, lets time pass until it is answered. */
async function answered({ path }: Operation, living: LivingWorld, sending: ReturnType<LivingWorld['ask']>) {
  let over = !path.endsWith('/wait')
  const ending = sending.finally(() => {
    over = true
  })
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve))
    await living.advance(1_000)
  }
  return ending
}

async function askRightly(operation: Operation, living: LivingWorld, { query, body }: Ingredients) {
  await living.tend()
  const headers = await headersFor(operation, living)
  const sent = await refine(operation, body, living)
  const path = withQuery(fillPath(operation, living), query)
  const before = living.print()
  const reply = await answered(operation, living, living.ask(operation.method, path, { body: sent, headers }))
  const asked = `${operation.method} ${path} ${JSON.stringify(sent)} → ${reply.status} ${JSON.stringify(reply.body)}`
  expect(judge.problems(operation, reply), asked).toEqual([])
  const isTold = () =>
    living.world.effects.list().some(({ request }) => request === reply.headers.get('fly-request-id'))
  if (operation.method !== 'GET' && living.print() !== before) expect(isTold(), `${asked} has an effect`).toBe(true)
}

/** `services.0.autostop` is any one of them. */
const placeOf = (wrong: string) => wrong.replaceAll(/\.\d+\./g, '.*.')
const toleratedIn = ({ name }: Operation) => TOLERATED_REQUESTS.filter(({ operations }) => operations.includes(name))

/** What can be wrong with a good request. */
async function wrongsOf(operation: Operation, living: LivingWorld, { query, body }: Ingredients) {
  const headers = await headersFor(operation, living)
  const good = { query, headers, body: await refine(operation, body, living) }
  return wrongRequests(operation, { ...description, living, good })
}

async function askWrongly(operation: Operation, living: LivingWorld, one: WrongRequest) {
  const before = living.print()
  const body = one.body()
  const reply = await answered(
    operation,
    living,
    living.ask(operation.method, one.path, { body, headers: one.headers }),
  )
  const known = toleratedIn(operation).find(({ path }) => path === placeOf(one.wrong))
  if (known && reply.status < 400) return void toleratedRequests.add(known)
  const asked = `${one.wrong}: ${operation.method} ${one.path} ${body} → ${JSON.stringify(reply.body)}`
  expect(one.expected, `${asked} got ${reply.status}`).toContain(reply.status)
  expect(judge.refusalProblems(reply), asked).toEqual([])
  expect(living.print() === before, `${asked} changed something`).toBe(true)
}

/** Milliseconds for one operation on a computer that has much else to do. */
const PATIENCE = { timeout: 60_000 }

const named = description.operations.map((operation) => [operation.name, operation] as const)

/** Good requests: every answer is as it is described. */
async function holdAnswers(operation: Operation, living: LivingWorld): Promise<void> {
  const { plausible, wild } = ingredients(operation, description.definitions, living)
  const asked = fc.oneof({ weight: 4, arbitrary: plausible }, { weight: 1, arbitrary: wild })
  await fc.assert(
    fc.asyncProperty(asked, (good) => askRightly(operation, living, good)),
    often(operation),
  )
}

/** Good requests with one thing wrong: every one is refused and changes nothing. */
async function holdRefusals(operation: Operation, living: LivingWorld): Promise<void> {
  const { plausible } = ingredients(operation, description.definitions, living)
  const property = fc.asyncProperty(plausible, fc.nat(), async (good, pick) => {
    await living.tend()
    const wrongs = await wrongsOf(operation, living, good)
    const one = wrongs[pick % wrongs.length]
    if (one) await askWrongly(operation, living, one)
  })
  await fc.assert(property, often(operation))
  // Chance rarely finds the few places that are tolerated.
  for (const { path } of toleratedIn(operation)) {
    for (const good of fc.sample(plausible, { seed: 7, numRuns: 40 })) {
      await living.tend()
      const one = (await wrongsOf(operation, living, good)).find(({ wrong }) => placeOf(wrong) === path)
      if (one) await askWrongly(operation, living, one)
    }
  }
}

describe.skipIf(text === undefined)(title, () => {
  test.each(named)('%s answers as it is described, and refuses what is wrong', PATIENCE, async (_name, operation) => {
    const living = createLivingWorld()
    await living.tend()
    await holdRefusals(operation, living)
    await holdAnswers(operation, living)
  })

  test('every operation has succeeded, but for those that cannot here', () => {
    const never = named.map(([name]) => name).filter((name) => !judge.succeeded.has(name))
    expect(never).toEqual(NEVER_DONE.map(({ operation }) => operation))
  })

  test('every property an answer can have was in one, but for those that cannot here', () => {
    const never = judge.showable().filter((property) => !judge.shown.has(property))
    expect(never.sort()).toEqual(NEVER_SHOWN.flatMap(({ properties }) => properties).sort())
  })

  test('nothing is tolerated that did not happen', () => {
    expect(TOLERATED_ANSWERS.filter((one) => !judge.tolerated.has(one))).toEqual([])
    expect(TOLERATED_REQUESTS.filter((one) => !toleratedRequests.has(one))).toEqual([])
  })
})
