import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { FlyClient, FlyEndpoints } from '#electron/fly/client.ts'
import { createRateLimits, type RateLimits } from '#electron/fly/rate-limit.ts'
import { parseToken } from '#electron/fly/token.ts'
import { checkToken } from '#electron/fly/who-am-i.ts'
import type { Account } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'

/** Builds the HTTP client of one account. */
export type Connect = (options: {
  endpoints: FlyEndpoints
  token: () => Promise<string>
  limits: RateLimits
  onUnauthenticated?: () => void
}) => FlyClient

interface ActivateOptions {
  account: () => Account
  endpoints: FlyEndpoints
  token: () => Promise<string>
  connect: Connect
  /** Fly refuses the token for good. */
  onRevoked: () => void
}

export interface Activation {
  active: ActiveAccount
  end(): void
}

/** Makes an account usable. A token found revoked is not sent again: every request fails at once, with what to do. */
export function activate({ account, endpoints, token, connect, onRevoked }: ActivateOptions): Activation {
  const controller = new AbortController()
  const limits = createRateLimits()
  let standing: 'good' | 'doubted' | 'revoked' = 'good'

  const usableToken = async () => {
    if (standing === 'revoked') throw revoked()
    return token()
  }

  /** One 401 proves little: Fly answers so for an app that was just created. So the token itself is asked about. */
  const doubt = async () => {
    if (standing !== 'good') return
    standing = 'doubted'
    try {
      await checkToken(fly, parseToken(await token()), controller.signal)
      standing = 'good'
    } catch (error) {
      const refused = error instanceof AppError && error.code === 'unauthenticated'
      standing = refused ? 'revoked' : 'good'
      if (refused) onRevoked()
    }
  }

  const fly = connect({ endpoints, token: usableToken, limits, onUnauthenticated: () => void doubt() })
  const active: ActiveAccount = {
    get account() {
      return account()
    },
    fly,
    rateLimitFree: limits.free,
    endpoints,
    token: usableToken,
    ended: controller.signal,
  }
  return { active, end: () => controller.abort() }
}

const revoked = () =>
  new AppError('unauthenticated', 'Fly.io no longer accepts the token of this account. Sign in again with a new one.')
