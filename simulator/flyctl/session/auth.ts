import { field, text } from '../api.ts'
import type { Family } from '../command.ts'
import type { Context } from '../context.ts'
import { within } from '../failure.ts'
import { JSON_OUTPUT, QUIET } from '../flags.ts'
import { readToken } from '../token.ts'

export const AUTH: Family = {
  token: { flags: { ...JSON_OUTPUT, ...QUIET }, run: token },
  whoami: { flags: JSON_OUTPUT, run: whoami },
}

/** All tokens, comma-joined, without a scheme word. Asks nobody. */
async function token({ flags, env, stdout, stderr, json }: Context): Promise<void> {
  const all = readToken(env, flags.text('access-token')) ?? ''
  if (!flags.on('quiet')) stderr(`The 'fly auth token' command is deprecated. Use 'fly tokens create' instead.`)
  if (flags.on('json')) json({ token: all })
  else stdout(all)
}

const VIEWER = 'query { viewer { ... on User { id email enablePaidHobby } ... on Macaroon { email } } }'

async function whoami({ flags, api, stdout, json }: Context): Promise<void> {
  const email = text(field(await within('failed retrieving current user', api.query(VIEWER)), 'viewer'), 'email') ?? ''
  if (flags.on('json')) json({ email })
  else stdout(email)
}
