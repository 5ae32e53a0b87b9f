import { field, text } from './api.ts'
import type { Context } from './context.ts'
import { readToken } from './token.ts'

/** All tokens, comma-joined, without a scheme word. Asks nobody. */
export async function authToken({ flags, env, stdout, stderr, json }: Context): Promise<void> {
  const token = readToken(env, flags.text('access-token')) ?? ''
  if (!flags.on('quiet')) stderr(`The 'auth token' command is deprecated. Use 'flyctl tokens create' instead.`)
  if (flags.on('json')) json({ token })
  else stdout(token)
}

const VIEWER = 'query { viewer { ... on User { id email enablePaidHobby } ... on Macaroon { email } } }'

export async function authWhoami({ flags, api, stdout, json }: Context): Promise<void> {
  const answer = await api.get({ service: 'graphql', method: 'POST', path: '/graphql', body: { query: VIEWER } })
  const email = text(field(answer, 'viewer'), 'email') ?? ''
  if (flags.on('json')) json({ email })
  else stdout(email)
}
