import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { connect, STREAM_WINDOW } from './connect.ts'
import { call, type Handlers, stream } from './contract.ts'
import { portPair } from './port-pair.ts'
import type { Request, Response } from './protocol.ts'
import { serve } from './serve.ts'

const contract = {
  demo: {
    double: call({ input: z.object({ value: z.int() }), output: z.int() }),
    list: stream({ input: z.object({ length: z.int() }), item: z.int() }),
  },
}

interface Producer {
  produced: number
  open: number
}

function setup(overrides: Partial<Handlers<typeof contract>['demo']> = {}) {
  const producer: Producer = { produced: 0, open: 0 }
  const { left, right, close } = portPair<Request, Response>()
  const errors: unknown[] = []
  const demo: Handlers<typeof contract>['demo'] = {
    double: async ({ value }) => value * 2,
    list: async function* ({ length }) {
      producer.open += 1
      try {
        for (let item = 0; item < length; item += 1) {
          producer.produced += 1
          yield item
        }
      } finally {
        producer.open -= 1
      }
    },
    ...overrides,
  }
  const stop = serve(contract, { demo }, right, (_path, error) => errors.push(error))
  return {
    ipc: connect(contract, left),
    producer,
    errors,
    close,
    stop,
    send: (message: unknown) => left.post(message as Request),
  }
}

/** Lets everything that is already under way happen, without waiting for time to pass. */
const settle = async () => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { interval: 1, timeout: 2_000 })

test('10,000 calls at once each get their own answer, in whatever order the handlers finish', async () => {
  const { ipc } = setup({
    double: async ({ value }) => {
      for (let turn = 0; turn < (value * 7) % 23; turn += 1) await Promise.resolve()
      return value * 2
    },
  })
  const answers = await Promise.all(Array.from({ length: 10_000 }, (_, value) => ipc.demo.double({ value })))
  expect(answers).toEqual(Array.from({ length: 10_000 }, (_, value) => value * 2))
})

test('any stream arrives whole and in order, and never more than a window ahead of its reader', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 60 }), fc.infiniteStream(fc.nat({ max: 5 })), async (length, pauses) => {
      const { ipc, producer } = setup()
      const received: number[] = []
      for await (const item of ipc.demo.list({ length })) {
        received.push(item)
        for (let turn = pauses.next().value; turn > 0; turn -= 1) await Promise.resolve()
        expect(producer.produced - received.length).toBeLessThanOrEqual(STREAM_WINDOW)
      }
      expect(received).toEqual(Array.from({ length }, (_, item) => item))
      expect(producer.open).toBe(0)
    }),
  )
})

test('a reader that leaves at any item closes what the handler opened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 40 }), async (leaveAt) => {
      const { ipc, producer } = setup()
      for await (const item of ipc.demo.list({ length: 1_000 })) if (item === leaveAt) break
      await until(() => producer.open === 0)
      expect(producer.produced).toBeLessThanOrEqual(leaveAt + 1 + STREAM_WINDOW)
    }),
  )
})

test('a reader that stops reading stops the handler within one window', async () => {
  const { ipc, producer } = setup()
  const reader = ipc.demo.list({ length: 1_000_000 })[Symbol.asyncIterator]()
  await reader.next()
  await settle()
  expect(producer.produced).toBeLessThanOrEqual(STREAM_WINDOW + 1)
  await reader.return?.()
})

test('the page going away stops every handler that works for it', async () => {
  const { ipc, producer, close } = setup()
  const readers = Array.from({ length: 20 }, () => ipc.demo.list({ length: 1_000_000 })[Symbol.asyncIterator]())
  await Promise.all(readers.map((reader) => reader.next()))
  expect(producer.open).toBe(20)
  close()
  await until(() => producer.open === 0)
})

test('a handler that throws half way through gives the reader what it had, then the error', async () => {
  const { ipc, errors } = setup({
    list: async function* () {
      yield 1
      throw new Error('fo1_made_up')
    },
  })
  const received: number[] = []
  const read = async () => {
    for await (const item of ipc.demo.list({ length: 2 })) received.push(item)
  }
  await expect(read()).rejects.toMatchObject({ code: 'internal', message: expect.not.stringContaining('fo1_') })
  expect(received).toEqual([1])
  expect(errors).toHaveLength(1)
})

test('a handler that throws before it returns anything is reported and the connection lives on', async () => {
  const { ipc } = setup({
    list: () => {
      throw new Error('not even a generator')
    },
  })
  await expect(ipc.demo.list({ length: 1 })[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'internal' })
  expect(await ipc.demo.double({ value: 2 })).toBe(4)
})

test('an item that cannot be cloned fails its own stream and no other', async () => {
  const unsendable = (() => 0) as unknown as number
  const { ipc, producer } = setup({
    double: async ({ value }) => (value === 0 ? unsendable : value * 2),
  })
  const reader = ipc.demo.list({ length: 100 })[Symbol.asyncIterator]()
  await reader.next()
  await expect(ipc.demo.double({ value: 0 })).rejects.toMatchObject({ code: 'internal' })
  expect((await reader.next()).value).toBe(1)
  await reader.return?.()
  await until(() => producer.open === 0)
})

test('whatever a page sends, the server answers the next honest call', async () => {
  const honestId = fc.record({
    type: fc.constantFrom('call', 'open', 'credit', 'cancel'),
    id: fc.anything(),
    path: fc.anything(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.anything({ withBigInt: true }), honestId)), async (messages) => {
      const { ipc, send } = setup()
      for (const message of messages) {
        try {
          send(message)
        } catch {
          // What cannot be cloned never leaves a page.
        }
      }
      expect(await ipc.demo.double({ value: 21 })).toBe(42)
    }),
  )
})

test('names that every object has are not methods', async () => {
  const { send, errors } = setup()
  for (const path of ['__proto__.toString', 'constructor.name', 'demo.constructor', 'demo.__proto__', 'demo', '']) {
    send({ type: 'call', id: 1, path, input: {} })
    await settle()
  }
  expect(errors).toEqual([])
})

test('a request id in use is refused, and the first request is not disturbed', async () => {
  const { ipc, send, errors } = setup()
  const reader = ipc.demo.list({ length: 3 })[Symbol.asyncIterator]()
  await reader.next()
  const stalled = setup({ double: () => new Promise(() => {}) })
  stalled.send({ type: 'call', id: 7, path: 'demo.double', input: { value: 1 } })
  stalled.send({ type: 'call', id: 7, path: 'demo.double', input: { value: 2 } })
  await until(() => stalled.errors.length === 1)
  send({ type: 'cancel', id: 999 })
  expect((await reader.next()).value).toBe(1)
  expect(errors).toEqual([])
})
