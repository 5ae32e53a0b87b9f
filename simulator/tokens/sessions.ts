import { createHash } from 'node:crypto'
import { z } from 'zod'
import { badRequest, FlyError } from '../http/fly-error.ts'
import { parse, withoutNulls } from '../http/parse.ts'
import { type Answer, type Call, ok, type Route } from '../http/route.ts'
import type { World } from '../world/world.ts'
import { askPage, confirmedPage, deniedPage, gonePage } from './consent-page.ts'
import type { LoginSession } from './session.ts'

/** Milliseconds a login may take: as long as flyctl waits for it. */
const PATIENCE = 15 * 60_000
/** Milliseconds until a login wants to be renewed (flyctl: 30 days). */
const LOGIN = 30 * 24 * 3_600_000
/** Who sits at the browser of this world. */
const PERSON = 'usr_1001@hangar.example'

const Start = z.looseObject({
  name: z.string().default(''),
  signup: z.boolean().default(false),
  target: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  code_challenge: z
    .string()
    .regex(/^[\w-]{43}$/, 'not a SHA-256 in base64url')
    .optional(),
  // GUESS: the plain method is refused, since flyctl never sends it.
  code_challenge_method: z.literal('S256').optional(),
  state: z.string().default(''),
  redirect_port: z.int().min(1).max(65_535).optional(),
})

function start({ world, body, origin }: Call) {
  const {
    name,
    signup,
    metadata,
    code_challenge: challenge,
    state,
    redirect_port: port,
  } = parse(Start, withoutNulls(body))
  const session: LoginSession = {
    id: world.random.hex(32),
    name,
    signup,
    metadata,
    expiresAt: world.clock.now() + PATIENCE,
    ...(challenge === undefined ? {} : { proof: { challenge, state, ...(port === undefined ? {} : { port }) } }),
    stage: { name: 'waiting' },
  }
  for (const { id, expiresAt } of world.sessions.values()) if (expiresAt <= world.clock.now()) world.sessions.delete(id)
  world.sessions.set(session.id, session)
  const address = { id: session.id, auth_url: `${origin}/app/auth/cli/${session.id}` }
  return { status: 201, body: session.proof ? { ...address, pkce: true } : address }
}

function liveSession({ world, params }: Call): LoginSession | undefined {
  const session = world.sessions.get(params.session ?? '')
  return session && session.expiresAt > world.clock.now() ? session : undefined
}

function sessionFor(call: Call): LoginSession {
  const session = liveSession(call)
  if (!session) throw new FlyError(404, 'session not found or expired')
  return session
}

/** A client that can prove itself gets its token by redeeming, so that reading over its shoulder gains nothing. */
function poll(call: Call) {
  const { id, metadata, proof, stage } = sessionFor(call)
  const told = !proof && stage.name === 'confirmed' ? { access_token: stage.token } : {}
  return ok({ id, metadata, ...told, ...(proof ? { pkce: true } : {}) })
}

const Redeem = z.looseObject({ code: z.string().min(1), code_verifier: z.string().min(1) })

function redeem(call: Call) {
  const { id, proof, stage } = sessionFor(call)
  const { code, code_verifier: verifier } = parse(Redeem, call.body)
  if (!proof) throw badRequest('this session was begun without a code_challenge')
  if (stage.name === 'waiting' || code !== stage.code) throw badRequest('invalid code')
  if (createHash('sha256').update(verifier).digest('base64url') !== proof.challenge) {
    throw badRequest('code_verifier does not match code_challenge')
  }
  call.world.sessions.delete(id)
  return ok({ id, access_token: stage.token, pkce: true })
}

const CODE = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

function confirmed(world: World, session: LoginSession): string {
  if (session.stage.name === 'confirmed') return session.stage.code
  const code = world.random.text(CODE, 8)
  const expiresAt = world.clock.now() + LOGIN
  const token = world.tokens.issueUser({
    name: `login from ${session.name}`,
    owner: PERSON,
    creator: PERSON,
    expiresAt,
  })
  session.stage = { name: 'confirmed', code, token }
  world.effects.add({ kind: 'login', id: session.id, change: 'confirmed' })
  return code
}

/** Something a person looks at: what is over is said on a page as well. */
const shown = (show: (call: Call, session: LoginSession) => Answer) => (call: Call) => {
  const session = liveSession(call)
  return session ? show(call, session) : gonePage()
}

function deny({ world }: Call, { id }: LoginSession): Answer {
  world.sessions.delete(id)
  return deniedPage()
}

const SESSION = '/api/v1/cli_sessions/:session'
const PAGE = '/app/auth/cli/:session'

export const sessionRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/cli_sessions', handle: start, open: true },
  { method: 'GET', path: SESSION, handle: poll, open: true },
  { method: 'POST', path: `${SESSION}/redeem`, handle: redeem, open: true },
  { method: 'GET', path: PAGE, handle: shown((_call, session) => askPage(session, PERSON)), open: true },
  {
    method: 'POST',
    path: `${PAGE}/confirm`,
    handle: shown(({ world }, session) => confirmedPage(session, confirmed(world, session))),
    open: true,
  },
  { method: 'POST', path: `${PAGE}/deny`, handle: shown(deny), open: true },
]
