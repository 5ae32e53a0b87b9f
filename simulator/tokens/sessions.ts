import { z } from 'zod'
import { FlyError } from '../http/fly-error.ts'
import { parse } from '../http/parse.ts'
import { type Call, ok, type Route } from '../http/route.ts'

const Start = z.looseObject({
  name: z.string().default(''),
  signup: z.boolean().optional(),
  target: z.string().optional(),
})

/** Browser login: a session opens, the page behind `auth_url` confirms it, the poll then finds the token. */
function start({ world, body, origin }: Call) {
  parse(Start, body)
  const id = world.random.hex(32)
  world.sessions.set(id, { confirmed: false })
  return { status: 201, body: { id, auth_url: `${origin}/_login/${id}` } }
}

function sessionFor({ world, params }: Call) {
  const session = world.sessions.get(params.session ?? '')
  if (!session) throw new FlyError(404, 'session not found or expired')
  return session
}

function poll(call: Call) {
  const { confirmed } = sessionFor(call)
  return ok({ id: call.params.session, ...(confirmed ? { access_token: call.world.tokens.names.user } : {}) })
}

function confirm(call: Call) {
  sessionFor(call).confirmed = true
  return {
    status: 200,
    body: '<!doctype html><meta charset="utf-8"><title>Signed in</title><p>Signed in. You can close this page.</p>\n',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  }
}

export const sessionRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/cli_sessions', handle: start, open: true },
  { method: 'GET', path: '/api/v1/cli_sessions/:session', handle: poll, open: true },
  { method: 'GET', path: '/_login/:session', handle: confirm, open: true },
]
