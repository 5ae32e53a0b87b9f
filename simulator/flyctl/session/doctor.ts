import type { Family } from '../command.ts'
import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'
import { APP, JSON_OUTPUT, ORG } from '../flags.ts'

export const DOCTOR: Family = {
  '': {
    flags: { ...APP, ...ORG, ...JSON_OUTPUT, verbose: { kind: 'yes-no', short: 'v' } },
    anonymous: true,
    run: doctor,
  },
}

/** There is no agent here: like the real one without an agent it ends at that check, and ends well. */
const NO_AGENT = `couldn't ping agent: agent not running`

async function doctor({ flags, api, stdout, json }: Context): Promise<void> {
  const found = await signedIn(api)
  const auth = found ?? 'ok'
  const checks = found === undefined ? { agent: NO_AGENT, auth } : { auth }
  if (flags.on('json')) return json(checks)
  if (found !== undefined) {
    stdout(`Testing authentication token... FAILED\n(Error: ${found})`)
    stdout(`\nWe can't authenticate you with your current authentication token.`)
    return stdout(
      `\nRun 'flyctl auth login' to get a working token, or 'flyctl auth signup' if you've never signed in before.`,
    )
  }
  stdout('Testing authentication token... PASSED')
  stdout(`Testing flyctl agent... FAILED\n(Error: ${NO_AGENT})`)
  stdout(`\nCan't communicate with flyctl's background agent.`)
  stdout(`\nRun 'flyctl agent restart'.`)
}

async function signedIn(api: Context['api']): Promise<string | undefined> {
  try {
    await api.query('query { viewer { ... on User { id email enablePaidHobby } ... on Macaroon { email } } }')
    return undefined
  } catch (error) {
    if (error instanceof FlyctlError) return error.message
    throw error
  }
}
