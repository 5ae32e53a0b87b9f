import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createFlyClient, type FlyRequest } from './client.ts'
import { createRateLimits } from './rate-limit.ts'

const TOKEN = 'fm2_dGVzdGNhbmFyeQ=='
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

interface Seen {
  method: string | undefined
  url: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

/** A real server that answers with `answers` one after the other, the last one for ever. */
async function setup(...answers: ((response: ServerResponse) => void)[]) {
  const seen: Seen[] = []
  const log: string[] = []
  const events: string[] = []
  const listener: RequestListener = async (request, response) => {
    const chunks = await request.toArray()
    const { method, url, headers } = request
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    answers[Math.min(seen.length, answers.length) - 1]?.(response)
  }
  const origin = await listen(createServer(listener))
  const fly = createFlyClient({
    endpoints: { machines: origin, api: origin, registryHost: '', appDomain: '', appUrl: () => '' },
    token: async () => TOKEN,
    limits: createRateLimits(),
    log: (line) => log.push(line),
    onUnauthenticated: () => events.push('unauthenticated'),
    userAgent: 'Hangar/test',
  })
  return { fly, seen, log, events }
}

async function listen(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

const json =
  (status: number, body: unknown, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, { 'fly-request-id': '01KREQUEST-fra', ...headers }).end(JSON.stringify(body))
const text = (status: number, body: string) => (response: ServerResponse) => response.writeHead(status).end(body)
const hangUp = (response: ServerResponse) => response.destroy()

function request(more: Partial<FlyRequest<unknown>> = {}): FlyRequest<unknown> {
  return {
    service: 'machines',
    path: '/v1/apps/shop/machines',
    schema: z.unknown(),
    signal: AbortSignal.any([]),
    ...more,
  }
}

test('a request carries the token, the query, the lease and the body, and the answer is parsed', async () => {
  const { fly, seen } = await setup(json(200, { id: 'm1', extra: true }))
  const answer = await fly({
    ...request({ method: 'POST', query: { summary: true, region: undefined }, body: { a: 1 }, leaseNonce: 'n0nce' }),
    schema: z.object({ id: z.string() }),
  })
  expect(answer).toEqual({ id: 'm1' })
  expect(seen).toMatchObject([{ method: 'POST', url: '/v1/apps/shop/machines?summary=true', body: '{"a":1}' }])
  expect(seen[0]?.headers).toMatchObject({
    authorization: `FlyV1 ${TOKEN}`,
    'fly-machine-lease-nonce': 'n0nce',
    'user-agent': 'Hangar/test',
  })
})

test('an action without a body sends an empty object, and an answer without a body is undefined', async () => {
  const { fly, seen } = await setup(text(200, ''))
  expect(await fly(request({ method: 'POST' }))).toBeUndefined()
  expect(seen[0]?.body).toBe('{}')
})

test.each([
  [400, { error: 'bad region' }, 'invalid-input'],
  [401, { error: 'unauthenticated' }, 'unauthenticated'],
  [403, { error: 'unauthorized' }, 'forbidden'],
  [404, { error: 'app not found' }, 'not-found'],
  [408, { error: 'deadline_exceeded' }, 'unavailable'],
  [409, { error: 'lease held' }, 'conflict'],
  [412, { error: 'version mismatch' }, 'conflict'],
  [422, { error: 'nope' }, 'invalid-input'],
  [422, { error: 'no room', status: 'insufficient_capacity' }, 'no-capacity'],
  [412, { error: 'no room', status: 'volume_placement_capacity' }, 'no-capacity'],
  [422, { error: 'taken', status: 'name_taken' }, 'conflict'],
  [500, { error: 'oops' }, 'unavailable'],
  [302, {}, 'unavailable'],
])('%i %j becomes %s, with the request and its id', async (status, body, code) => {
  const { fly } = await setup(json(status, body))
  await expect(fly(request({ method: 'POST' }))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/^Fly\.io .*\.$/),
    request: { method: 'POST', path: '/v1/apps/shop/machines', status, requestId: '01KREQUEST-fra' },
  })
})

test("Fly's own sentence is shown short, on one line and without a token", async () => {
  const own = `cannot use FlyV1 ${TOKEN}\n in ${'x'.repeat(400)}`
  const { fly } = await setup(json(400, { error: 'e', message: own }))
  const error = await fly(request()).catch((failure: unknown) => failure)
  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^Fly\.io says: cannot use FlyV1 \[redacted\] in x+….* Change them and try again\.$/,
    ),
  })
  expect(String(error)).not.toContain(TOKEN)
})

test.each(['<html><h1>502 Bad Gateway</h1></html>', '{"error":', ''])(
  'a page of a proxy (%j) is unavailable',
  async (body) => {
    const { fly } = await setup(text(500, body))
    await expect(fly(request())).rejects.toMatchObject({ code: 'unavailable', message: /status\.fly\.io/ })
  },
)

test.each(['<html></html>', '[1,2', '{"id":7}'])('a good status with garbage (%j) is unavailable', async (body) => {
  const { fly } = await setup(text(200, body))
  const answer = fly({ ...request(), schema: z.object({ id: z.string() }) })
  await expect(answer).rejects.toMatchObject({ code: 'unavailable', message: /no sense/ })
})

test('GraphQL gives its data, and its errors although the status is 200', async () => {
  const { fly, seen } = await setup(
    json(200, { data: { viewer: { email: 'a@b.c' } } }),
    json(200, { data: null, errors: [{ message: 'Could not find App', extensions: { code: 'NOT_FOUND' } }] }),
    json(200, { errors: [{ message: 'No', path: ['x'] }] }),
  )
  const viewer = request({
    service: 'graphql',
    method: 'POST',
    path: '/graphql',
    body: { query: '{ viewer { email } }' },
  })
  expect(await fly(viewer)).toEqual({ viewer: { email: 'a@b.c' } })
  await expect(fly(viewer)).rejects.toMatchObject({ code: 'not-found', message: /Could not find App/ })
  await expect(fly(viewer)).rejects.toMatchObject({ code: 'invalid-input' })
  expect(seen).toHaveLength(3)
})

test.each([
  { message: 'You must be authenticated to view this.', extensions: { code: 'UNAUTHORIZED' } },
  { message: 'no', extensions: { code: 'UNAUTHENTICATED' } },
])('GraphQL says that a token is refused in either of two ways, with status 200: %j', async (refusal) => {
  const { fly, events } = await setup(json(200, { errors: [refusal] }))
  const viewer = request({
    service: 'graphql',
    method: 'POST',
    path: '/graphql',
    body: { query: '{ viewer { email } }' },
  })
  await expect(fly(viewer)).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(events).toEqual(['unauthenticated'])
})

test('a read is tried again when the connection breaks or the proxy stumbles', async () => {
  const { fly, seen, log } = await setup(hangUp, text(503, ''), json(200, [1]))
  expect(await fly(request())).toEqual([1])
  expect(seen).toHaveLength(3)
  expect(log).toEqual([
    expect.stringMatching(/^GET \/v1\/apps\/shop\/machines no answer \(\w+\) in \d+ ms$/),
    expect.stringMatching(/ 503 in \d+ ms, try 2$/),
    expect.stringMatching(/ 200 in \d+ ms, try 3 01KREQUEST-fra$/),
  ])
})

test.each([
  ['a broken connection', hangUp],
  ['a 502', text(502, '')],
])('a create is never repeated after %s', async (_, answer) => {
  const { fly, seen } = await setup(answer)
  await expect(fly(request({ method: 'POST' }))).rejects.toMatchObject({ code: 'unavailable' })
  expect(seen).toHaveLength(1)
})

test('a write that Fly refused for its rate is sent again', async () => {
  const { fly, seen } = await setup(text(429, ''), json(200, { ok: true }))
  expect(await fly(request({ method: 'POST', limit: { action: 'start', id: 'm1' } }))).toEqual({ ok: true })
  expect(seen).toHaveLength(2)
})

test('a refused token is reported, once per answer', async () => {
  const { fly, events } = await setup(json(401, { error: 'unauthenticated' }))
  await expect(fly(request())).rejects.toMatchObject({ code: 'unauthenticated', message: /Sign in again/ })
  expect(events).toEqual(['unauthenticated'])
})

test('nobody there is unavailable, and says what to look at', async () => {
  const { fly } = await setup(json(200, {}))
  for (const server of servers.splice(0)) server.close()
  await expect(fly(request({ method: 'POST' }))).rejects.toMatchObject({
    code: 'unavailable',
    message: /network and the proxy/,
    request: { method: 'POST', path: '/v1/apps/shop/machines' },
  })
})

test('a server that never answers is given up', async () => {
  const { fly } = await setup(() => {})
  await expect(fly(request({ method: 'POST', timeoutMs: 50 }))).rejects.toMatchObject({
    code: 'unavailable',
    message: /in time/,
  })
})

test.each(['in flight', 'waiting its turn'])(
  'aborting a request that is %s is an abort, not a failure',
  async (when) => {
    const { fly } = await setup(when === 'in flight' ? () => {} : json(200, {}))
    const controller = new AbortController()
    const limit = { action: 'stop', id: 'm1' }
    if (when !== 'in flight') for (let sent = 0; sent < 3; sent += 1) await fly(request({ limit }))
    const answer = fly(request({ limit, signal: controller.signal }))
    controller.abort()
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  },
)

test('no token is ever logged', async () => {
  const { fly, log } = await setup(json(200, {}), json(403, {}), hangUp)
  for (let sent = 0; sent < 3; sent += 1) await fly(request({ method: 'POST' })).catch(() => {})
  expect(log).toHaveLength(3)
  expect(log.join()).not.toContain(TOKEN)
})
