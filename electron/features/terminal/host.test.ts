import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { isAlive } from '#electron/test/is-alive.ts'
import { hostHandlers } from './host-handlers.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

const never = () => new AbortController().signal

function startBash(script: string, size = { cols: 80, rows: 24 }) {
  const { handlers, closeAll } = hostHandlers()
  open.push(closeAll)
  const id = randomUUID()
  const env = { PATH: process.env.PATH ?? '', HOME: '/', PS1: '$ ' }
  const spawned = handlers.spawn(
    { id, file: 'bash', args: ['--norc', '--noprofile', '-c', script], env, size },
    { signal: never() },
  )
  return { handlers, id, spawned }
}

type Started = ReturnType<typeof startBash>

async function readAll({ handlers, id, spawned }: Started, until?: RegExp): Promise<string> {
  await spawned
  const decoder = new TextDecoder()
  let text = ''
  for await (const { bytes } of handlers.attach({ id }, { signal: never() })) {
    text += decoder.decode(bytes, { stream: true })
    if (until?.test(text)) return text
  }
  return text
}

test('bytes arrive as they were written, whole to the last, also when the program ends right after', async () => {
  for (let round = 0; round < 10; round += 1) {
    const text = await readAll(startBash('seq 1 3000; printf "é世界"'))
    expect(text.split('\r\n')).toEqual([...Array.from({ length: 3000 }, (_, index) => String(index + 1)), 'é世界'])
  }
})

test('the program sees the size it was opened with, and each new one', async () => {
  const session = startBash('stty size; read line; stty size', { cols: 91, rows: 33 })
  expect(await readAll(session, /33 91/)).toContain('33 91')
  await session.handlers.resize({ id: session.id, size: { cols: 132, rows: 50 } }, { signal: never() })
  await session.handlers.write({ id: session.id, text: '\r' }, { signal: never() })
  expect(await readAll(session)).toContain('50 132')
})

test('a flood stops where the reader stops: the program is held, memory stays', { timeout: 60_000 }, async () => {
  const session = startBash('yes | head -c 20000000; echo done >&2')
  await session.spawned
  const output = session.handlers.attach({ id: session.id }, { signal: never() })[Symbol.asyncIterator]()
  await output.next()
  let ended = false
  void session.handlers.wait({ id: session.id }, { signal: never() }).then(() => {
    ended = true
  })
  const before = process.memoryUsage.rss()
  // The one excuse for a pause: proving that nothing happens.
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(ended).toBe(false)
  expect(process.memoryUsage.rss() - before).toBeLessThan(30_000_000)
  let bytes = 0
  for (let next = await output.next(); !next.done; next = await output.next()) bytes += next.value.bytes.length
  expect(bytes).toBeGreaterThan(20_000_000)
  expect((await session.handlers.wait({ id: session.id }, { signal: never() })).exitCode).toBe(0)
})

test('without a reader the program runs to its end, and the last megabyte is there to be read', async () => {
  const session = startBash('yes 0123456789 | head -c 5000000; echo END')
  await session.spawned
  await session.handlers.wait({ id: session.id }, { signal: never() })
  const text = await readAll(session)
  expect(text.endsWith('END\r\n')).toBe(true)
  expect(text.length).toBeLessThanOrEqual(1024 * 1024)
  expect(text.startsWith('0123456789\r\n')).toBe(true)
})

test('a second reader is told which bytes were shown before', async () => {
  const session = startBash('echo first; read line; echo second')
  await readAll(session, /first/)
  const again = session.handlers.attach({ id: session.id }, { signal: never() })[Symbol.asyncIterator]()
  const old = await again.next()
  expect(old.value?.replayed).toBe(true)
  await session.handlers.write({ id: session.id, text: '\r' }, { signal: never() })
  const fresh = await again.next()
  expect(fresh.value?.replayed).toBe(false)
  await again.return?.(undefined)
})

test('the exit says code, signal and last words', async () => {
  const failing = startBash('echo "Error: ssh shell: Process exited with status 3"; exit 1')
  await failing.spawned
  const exit = await failing.handlers.wait({ id: failing.id }, { signal: never() })
  expect(exit).toMatchObject({ exitCode: 1, signal: 0 })
  expect(exit.tail).toContain('Process exited with status 3')
})

test('killing ends the whole process group, also what ignores the hang-up', async () => {
  const session = startBash('trap "" HUP; sleep 1000 & echo "child $!"; wait')
  const child = Number(/child (\d+)/.exec(await readAll(session, /child \d+\r/))?.[1])
  await session.handlers.kill({ id: session.id }, { signal: never() })
  expect((await session.handlers.wait({ id: session.id }, { signal: never() })).signal).toBe(9)
  await expect.poll(() => isAlive(child)).toBe(false)
})

test('a terminal nobody knows is refused', () => {
  const { handlers } = hostHandlers()
  expect(() => handlers.attach({ id: randomUUID() }, { signal: never() })).toThrow('closed')
})
