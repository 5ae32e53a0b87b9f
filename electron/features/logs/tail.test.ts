import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { FlyClient } from '#electron/fly/client.ts'
import { madeUpAccount } from '#electron/test/made-up-account.ts'
import type { LogBatch, LogLine } from '#shared/contracts/logs.ts'
import { AppError, type ErrorCode } from '#shared/ipc/errors.ts'
import { fromNanoseconds } from '#shared/logs/nanoseconds.ts'
import { followApp } from './app-tail.ts'
import { logsHandlers } from './handlers.ts'

/** Hundreds of plans, on a computer that may be busy. */
const LONG = { timeout: 60_000 }
const BASE = BigInt(Date.now()) * 1_000_000n

/** Fly's log endpoint: entries at increasing nanoseconds, pages of 100, failures on request. */
function logService(failures: ErrorCode[] = []) {
  const entries: { at: bigint; id: string; machineId: string; message: string }[] = []
  const requests: (string | undefined)[] = []
  const fly: FlyClient = async ({ query, schema }) => {
    const token = query?.next_token
    requests.push(token === undefined ? undefined : String(token))
    const failure = failures.shift()
    if (failure) throw new AppError(failure, 'Fly.io did not answer.')
    const mine = entries.filter(({ machineId }) => query?.instance === undefined || machineId === query.instance)
    const found = token ? mine.filter(({ at }) => at > BigInt(token)).slice(0, 100) : mine.slice(-100)
    return schema.parse({
      data: found.map(({ at, id, machineId, message }) => ({
        id,
        attributes: {
          timestamp: fromNanoseconds(at),
          level: 'INFO',
          message,
          instance: machineId,
          region: 'fra',
          meta: {},
        },
      })),
      meta: { next_token: String(found.at(-1)?.at ?? token ?? BASE) },
    })
  }
  const say = (message: string, machineId = 'm1') =>
    entries.push({ at: BASE + BigInt(entries.length + 1), id: `id${entries.length}`, machineId, message })
  return { fly, say, requests, entries }
}

const handlersFor = (said: Partial<ActiveAccount>) =>
  logsHandlers({ accounts: { current: () => madeUpAccount(said), onChange: () => () => {} } })

async function until(batches: AsyncIterable<LogBatch>, done: (all: LogBatch[]) => boolean): Promise<LogBatch[]> {
  const all: LogBatch[] = []
  for await (const batch of batches) {
    all.push(batch)
    if (done(all)) return all
  }
  return all
}

const messages = (batches: LogBatch[]) => batches.flatMap(({ lines }) => lines.map(({ message }) => message))

test('a tail begins with the newest 100 lines and goes on with each new one', async () => {
  const service = logService()
  for (let index = 0; index < 150; index += 1) service.say(`old ${index}`)
  const { tail } = handlersFor({ fly: service.fly })
  const all = await until(tail({ app: 'shop' }, { signal: new AbortController().signal }), (batches) => {
    if (messages(batches).length === 100) service.say('\u001b[2Jnew \u001b[31mred\u001b[0m')
    return messages(batches).length === 101
  })
  expect(messages(all)[0]).toBe('old 50')
  expect(messages(all).at(-1)).toBe('new \u001b[31mred\u001b[0m')
})

test('two readers of an app share one poller', async () => {
  const service = logService()
  service.say('one')
  const { tail } = handlersFor({ fly: service.fly })
  const { signal } = new AbortController()
  const first = tail({ app: 'shop' }, { signal })[Symbol.asyncIterator]()
  await first.next()
  const polls = service.requests.filter((token) => token === undefined).length
  const second = await until(tail({ app: 'shop' }, { signal }), (batches) => messages(batches).length === 1)
  expect(messages(second)).toEqual(['one'])
  expect(service.requests.filter((token) => token === undefined).length).toBe(polls)
  await first.return?.(undefined)
})

test('a machine’s tail has its own history and only its lines', async () => {
  const service = logService()
  service.say('quiet one', 'm2')
  for (let index = 0; index < 200; index += 1) service.say(`loud ${index}`, 'm1')
  const { tail } = handlersFor({ fly: service.fly })
  const all = await until(
    tail({ app: 'shop', machineId: 'm2' }, { signal: new AbortController().signal }),
    (batches) => {
      if (messages(batches).length === 1) {
        service.say('loud again', 'm1')
        service.say('quiet again', 'm2')
      }
      return messages(batches).length === 2
    },
  )
  expect(messages(all)).toEqual(['quiet one', 'quiet again'])
})

test('trouble is told while it lasts, and nothing is missing afterwards', async () => {
  const service = logService()
  service.say('before')
  const failures: ErrorCode[] = []
  const fly: FlyClient = (request) => {
    const failure = failures.shift()
    return failure ? Promise.reject(new AppError(failure, 'Fly.io did not answer.')) : service.fly(request)
  }
  const { tail } = handlersFor({ fly })
  const all = await until(tail({ app: 'shop' }, { signal: new AbortController().signal }), (batches) => {
    if (batches.length === 1) failures.push('unavailable', 'unavailable')
    if (batches.at(-1)?.trouble && service.entries.length === 1) service.say('meanwhile')
    return messages(batches).includes('meanwhile')
  })
  expect(all.some(({ trouble }) => trouble?.includes('keeps trying'))).toBe(true)
  expect(all.at(-1)?.trouble).toBeUndefined()
  expect(messages(all)).toEqual(['before', 'meanwhile'])
})

test.each(['unauthenticated', 'forbidden', 'not-found'] as const)('%s ends the tail with that error', async (code) => {
  const { tail } = handlersFor({ fly: logService([code]).fly })
  const reading = until(tail({ app: 'shop' }, { signal: new AbortController().signal }), () => false)
  await expect(reading).rejects.toMatchObject({ code })
})

test('the tail ends when the account does', async () => {
  const service = logService()
  const ended = new AbortController()
  const { tail } = handlersFor({ fly: service.fly, ended: ended.signal })
  const all = await until(tail({ app: 'shop' }, { signal: new AbortController().signal }), () => {
    ended.abort()
    return false
  })
  expect(all).toHaveLength(1)
})

test(
  'whatever fails between, every line comes once and in order, or a gap says where some are missing',
  LONG,
  async () => {
    const failure = fc.constantFrom<ErrorCode>('unavailable', 'rate-limited', 'internal', 'invalid-input')
    const step = fc.record({ said: fc.nat(250), failures: fc.array(failure, { maxLength: 3 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const failures: ErrorCode[] = []
        const service = logService(failures)
        const plan = [...steps]
        const seen: (LogLine | 'gap')[] = []
        const stop = new AbortController()
        let idle = 0
        await followApp({
          fly: service.fly,
          app: 'shop',
          signal: stop.signal,
          listener: {
            onLines: (lines, gap) => seen.push(...(gap ? (['gap'] as const) : []), ...lines),
            onTrouble: () => {},
            onEnd: () => stop.abort(),
          },
          // Time passes only here: the next step happens once the tail has caught up with the last one.
          pause: async (milliseconds) => {
            idle = milliseconds > 64 ? idle + 1 : 0
            if (idle < 5) return
            const next = plan.shift()
            if (!next) return stop.abort()
            idle = 0
            for (let index = 0; index < next.said; index += 1) service.say('line')
            failures.push(...next.failures)
          },
        })
        expectNothingMissing(seen)
      }),
      { numRuns: 100 },
    )
  },
)

/** Ids count up by one but where a gap stands between. The first page may begin anywhere. */
function expectNothingMissing(seen: readonly (LogLine | 'gap')[]): void {
  let last: number | undefined
  let gap = false
  for (const item of seen) {
    if (item === 'gap') gap = true
    else {
      const id = Number(item.id.slice(2))
      if (last !== undefined && !gap) expect(id).toBe(last + 1)
      if (last !== undefined) expect(id).toBeGreaterThan(last)
      last = id
      gap = false
    }
  }
}
