import { setTimeout as sleep } from 'node:timers/promises'
import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { FlyEndpoints } from '#electron/fly/client.ts'
import { createChanges } from '#electron/lib/changes.ts'
import { KeychainError } from '#electron/lib/keychain.ts'
import type { Account, Session } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { type Activation, activate, type Connect } from './activate.ts'
import type { Roster } from './roster.ts'
import type { TokenStore } from './token-store.ts'

interface AccountInUseOptions {
  roster: Roster
  tokens: TokenStore
  connect: Connect
  endpointsOf: (account: Account) => FlyEndpoints
  signal: AbortSignal
  /** How long the window may wait for somebody to unlock the keychain, in ms. */
  patienceMs?: number | undefined
}

/** Long enough for a keychain that only has to be asked, short enough not to look frozen. */
const PATIENCE_MS = 3_000

/** The one account the window works for, or nobody, and whether its token can be had. */
export function createAccountInUse(options: AccountInUseOptions) {
  const { roster, tokens, connect, endpointsOf, signal, patienceMs = PATIENCE_MS } = options
  const switched = createChanges()
  const changed = createChanges()
  let activation: Activation | undefined
  let currentId: string | undefined
  let problem: Session['problem'] = 'none'

  /** A token that cannot be had is a problem to show, not a failure. */
  async function problemOf(account: Account): Promise<Session['problem']> {
    try {
      await tokens.read(account, signal)
      return 'none'
    } catch (error) {
      if (error instanceof KeychainError) return 'keychain-locked'
      if (error instanceof AppError) return 'token-missing'
      throw error
    }
  }

  /** A keychain that waits for somebody to unlock it holds nothing up: what comes of it is shown when it comes. */
  async function problemSoFar(account: Account): Promise<Session['problem']> {
    const answer = problemOf(account)
    const answered = new AbortController()
    const tooLong = sleep(patienceMs, 'keychain-locked' as const, answered).catch(() => answer)
    const first = await Promise.race([answer, tooLong]).finally(() => answered.abort())
    if (first === 'keychain-locked') {
      answer.then(
        (outcome) => unlocked(account, outcome),
        () => {}, // the app ended while it waited
      )
    }
    return first
  }

  function unlocked(account: Account, outcome: Session['problem']): void {
    if (currentId !== account.id || problem !== 'keychain-locked' || outcome === problem) return
    problem = outcome
    switched.emit()
    changed.emit()
  }

  const activated = (account: Account): Activation =>
    activate({
      account: () => roster.find(account.id),
      endpoints: endpointsOf(account),
      token: () => tokens.read(roster.find(account.id), signal),
      connect,
      onRevoked: () => {
        if (currentId !== account.id) return
        problem = 'revoked'
        changed.emit()
      },
    })

  return {
    id: () => currentId,
    problem: () => problem,
    current(): ActiveAccount {
      if (!activation) throw new AppError('unauthenticated', 'Nobody is signed in. Sign in first.')
      return activation.active
    },
    onChange: switched.on,
    /** Anything that is shown about the accounts has changed. */
    viewChanged: changed.emit,
    onViewChange: changed.on,
    async use(account: Account | undefined): Promise<void> {
      activation?.end()
      activation = undefined
      currentId = account?.id
      problem = 'none'
      if (account) {
        problem = await problemSoFar(account)
        activation = activated(account)
      }
      switched.emit()
      changed.emit()
    },
    end: () => activation?.end(),
  }
}
