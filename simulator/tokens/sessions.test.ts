import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Client, simulator, simulatorInProcess } from '../test/client.ts'
import { createVirtualClock } from '../world/clock.ts'

const VERIFIER = 'a-secret-of-the-client-that-only-it-knows-0123'
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
const Started = z.object({ id: z.string(), auth_url: z.string(), pkce: z.boolean().optional() })
const headers = { authorization: '' }

async function start({ ask }: Client, body: Record<string, unknown> = {}) {
  const answer = await ask('POST', '/api/v1/cli_sessions', {
    headers,
    body: { name: 'desk <1>', signup: false, ...body },
  })
  expect(answer.status).toBe(201)
  const { id, auth_url: url, pkce } = Started.parse(answer.body)
  return { pkce, api: `/api/v1/cli_sessions/${id}`, page: /\/app\/auth\/.*$/.exec(url)?.[0] ?? '' }
}
const proof = { code_challenge: CHALLENGE, code_challenge_method: 'S256', state: 's&t', redirect_port: 4711 }
const codeIn = (html: unknown) => /<code>(\w+)<\/code>/.exec(String(html))?.[1] ?? ''

test('a person confirms on a page, and the poll then finds a token that works', async () => {
  const client = await simulator()
  const { ask } = client
  const { api, page } = await start(client)
  expect((await ask('GET', api, { headers })).body).not.toHaveProperty('access_token')
  const shown = await ask('GET', page, { headers })
  expect(shown.headers.get('content-type')).toContain('text/html')
  expect(shown.body).toContain('desk &lt;1&gt;')
  expect((await ask('GET', api, { headers })).body).not.toHaveProperty('access_token')
  expect((await ask('POST', `${page}/confirm`, { headers })).body).toContain('Signed in')
  const { access_token: token } = z
    .object({ access_token: z.string() })
    .parse((await ask('GET', api, { headers })).body)
  expect(token).toMatch(/^fo1_/)
  expect((await ask('POST', '/graphql', { token, body: { query: '{ viewer { email } }' } })).body).toEqual({
    data: { viewer: { email: 'usr_1001@hangar.example' } },
  })
})

test('a client that proves itself redeems its token once, and no poll shows it', async () => {
  const client = simulatorInProcess()
  const { ask } = client
  const { api, page, pkce } = await start(client, proof)
  expect(pkce).toBe(true)
  const { body: html } = await ask('POST', `${page}/confirm`, { headers })
  const code = codeIn(html)
  expect(html).toContain(`http://127.0.0.1:4711/callback?code=${code}&state=s%26t`)
  expect((await ask('GET', api, { headers })).body).not.toHaveProperty('access_token')
  const redeem = (body: unknown) => ask('POST', `${api}/redeem`, { headers, body })
  expect((await redeem({ code: 'WRONG', code_verifier: VERIFIER })).status).toBe(400)
  expect((await redeem({ code, code_verifier: `${VERIFIER}x` })).status).toBe(400)
  const redeemed = await redeem({ code, code_verifier: VERIFIER })
  expect(redeemed).toMatchObject({ status: 200, body: { access_token: expect.stringMatching(/^fo1_/) } })
  expect((await redeem({ code, code_verifier: VERIFIER })).status).toBe(404)
})

test('a code is worth nothing before the person confirmed', async () => {
  const client = simulatorInProcess()
  const { api } = await start(client, proof)
  const answer = await client.ask('POST', `${api}/redeem`, { headers, body: { code: '', code_verifier: VERIFIER } })
  expect(answer.status).toBe(400)
})

test('what a person denies is over', async () => {
  const client = simulatorInProcess()
  const { ask } = client
  const { api, page } = await start(client)
  expect((await ask('POST', `${page}/deny`, { headers })).body).toContain('Not signed in')
  expect((await ask('GET', api, { headers })).status).toBe(404)
  expect(await ask('GET', page, { headers })).toMatchObject({ status: 404, body: expect.stringContaining('over') })
})

test('a login that nobody answers expires after a quarter of an hour', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 10, 26))
  const client = simulatorInProcess({ clock })
  const { api, page } = await start(client)
  clock.moveTo(clock.now() + 15 * 60_000 - 1)
  expect((await client.ask('GET', api, { headers })).status).toBe(200)
  clock.moveTo(clock.now() + 1)
  expect((await client.ask('GET', api, { headers })).status).toBe(404)
  expect((await client.ask('POST', `${page}/confirm`, { headers })).status).toBe(404)
})

test('a challenge that is none is refused', async () => {
  const { ask } = simulatorInProcess()
  for (const wrong of [{ code_challenge: 'short' }, { ...proof, code_challenge_method: 'plain' }]) {
    expect((await ask('POST', '/api/v1/cli_sessions', { headers, body: wrong })).status).toBe(400)
  }
})
