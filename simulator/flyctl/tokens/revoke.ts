import type { Context } from '../context.ts'
import { FlyctlError } from '../failure.ts'

const REVOKE = 'mutation($input:DeleteLimitedAccessTokenInput!) { deleteLimitedAccessToken(input: $input) { token } }'

/** Goes through all that were named and ends well whatever happens: the count tells. */
export async function revoke({ api, flags, stdout, stderr }: Context): Promise<void> {
  if (flags.rest.length === 0) throw new FlyctlError('no token IDs; please provide IDs as positional arguments')
  let count = 0
  for (const id of flags.rest) {
    try {
      await api.query(REVOKE, { input: { id } })
      stdout(`Revoked ${id}`)
      count += 1
    } catch (error) {
      if (!(error instanceof FlyctlError)) throw error
      stderr(`failed to revoke token ${id}: ${error.message}`)
    }
  }
  stdout(`${count} tokens revoked`)
}
