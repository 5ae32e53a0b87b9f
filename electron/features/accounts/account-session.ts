import { randomUUID } from 'node:crypto'
import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import type { FlyEndpoints } from '#electron/fly/client.ts'
import { createRateLimits } from '#electron/fly/rate-limit.ts'
import { parseToken } from '#electron/fly/token.ts'
import { describeToken } from '#electron/fly/who-am-i.ts'
import { type Changes, createChanges } from '#electron/lib/changes.ts'
import { createInOrder } from '#electron/lib/in-order.ts'
import type { JsonFile } from '#electron/lib/json-file.ts'
import { type Keychain, KeychainError, type KeychainState } from '#electron/lib/keychain.ts'
import type { Account, Session, TokenReport } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { type Activation, activate, type Connect } from './activate.ts'
import { accountOf, type Candidate, isSameAccount, reportOf } from './candidate.ts'
import type { SavedAccounts } from './saved-accounts.ts'
import { createTokenStore } from './token-store.ts'

export interface Demo {
  endpoints: FlyEndpoints
  token: string
  stop(): void
}

interface AccountSessionOptions {
  /** The real Fly.io, or what stands in for it in a test. */
  endpoints: FlyEndpoints
  file: JsonFile<SavedAccounts>
  keychain: Keychain
  connect: Connect
  startDemo: (signal: AbortSignal) => Promise<Demo>
  /** Drops what is saved about an account: its fleet picture, operations, deployments. */
  forget: (accountId: string) => void
  signal: AbortSignal
}

export interface AccountSession extends ActiveAccounts {
  /** Restores the accounts of the last run. */
  restore(): Promise<void>
  view(): Omit<Session, 'flyctl'>
  /** Resolves when no sign-in, switch or sign-out is under way. */
  settled(): Promise<void>
  onViewChange: Changes['on']
  /** Asks Fly what a token is and keeps it in memory until it is signed in with or replaced. */
  inspect(pasted: string, signal: AbortSignal): Promise<TokenReport>
  /** The pasted token of a candidate, to recognize it in the clipboard. */
  candidateToken(candidateId: string): string | undefined
  signIn(candidateId: string, kept: Account['kept']): Promise<Account>
  exploreDemo(): Promise<Account>
  switchTo(id: string): Promise<void>
  signOut(id: string): Promise<void>
  setProtection(id: string, protection: Account['protection']): Promise<void>
  /** Ends the current account's work and the demo. */
  close(): void
}

/** One demo at a time, and it is forgotten with the app. */
const DEMO_ID = 'demo'

/** The accounts of this computer, which one is in use, and whether it can be. */
export function createAccountSession(options: AccountSessionOptions): AccountSession {
  const { endpoints, file, keychain, connect, forget, signal } = options
  const tokens = createTokenStore(keychain)
  const inOrder = createInOrder()
  const switched = createChanges()
  const changed = createChanges()
  let accounts: readonly Account[] = []
  let activation: Activation | undefined
  let currentId: string | undefined
  let problem: Session['problem'] = 'none'
  let keychainState: KeychainState = 'available'
  let candidate: Candidate | undefined
  let demo: Demo | undefined

  const find = (id: string): Account => {
    const account = accounts.find((known) => known.id === id)
    if (!account) throw new AppError('not-found', 'This account is no longer signed in.')
    return account
  }

  const put = (account: Account) => {
    const others = accounts.filter(({ id }) => id !== account.id)
    accounts = others.length === accounts.length ? [...accounts, account] : replaced(accounts, account)
  }

  /** Session-only accounts and the demo end with the app, so they are not written. */
  const save = () => {
    const kept = accounts.filter((account) => account.kept === 'keychain' && !account.demo)
    const current = kept.find(({ id }) => id === currentId)
    return file.write({ accounts: kept, ...(current ? { currentId: current.id } : {}) })
  }

  /** Makes `account` the current one, or nobody. A token that cannot be had is a problem to show, not a failure. */
  async function use(account: Account | undefined): Promise<void> {
    activation?.end()
    activation = undefined
    currentId = account?.id
    problem = 'none'
    if (account) {
      const { id } = account
      problem = await problemOf(account)
      activation = activate({
        account: () => find(id),
        endpoints: account.demo && demo ? demo.endpoints : endpoints,
        token: () => tokens.read(find(id), signal),
        connect,
        onRevoked: () => {
          if (currentId !== id) return
          problem = 'revoked'
          changed.emit()
        },
      })
    }
    switched.emit()
    changed.emit()
  }

  async function problemOf(account: Account): Promise<Session['problem']> {
    try {
      await tokens.read(account, signal)
      if (account.kept === 'keychain') keychainState = 'available'
      return 'none'
    } catch (error) {
      if (error instanceof KeychainError) {
        keychainState = error.state
        return 'keychain-locked'
      }
      if (error instanceof AppError) return 'token-missing'
      throw error
    }
  }

  async function keep(account: Account, token: string): Promise<void> {
    try {
      await tokens.write(account, token, signal)
      if (account.kept === 'keychain') keychainState = 'available'
    } catch (error) {
      if (error instanceof KeychainError) {
        keychainState = error.state
        changed.emit()
      }
      throw error
    }
    put(account)
    await use(account)
    await save()
  }

  async function ask(pasted: string, at: FlyEndpoints, asking: AbortSignal): Promise<Candidate> {
    const token = parseToken(pasted)
    const fly = connect({ endpoints: at, token: async () => token.value, limits: createRateLimits() })
    return { id: randomUUID(), token, facts: await describeToken(fly, token, asking), endpoints: at }
  }

  return {
    current() {
      if (!activation) throw new AppError('unauthenticated', 'Nobody is signed in. Sign in first.')
      return activation.active
    },
    onChange: switched.on,
    onViewChange: changed.on,
    view: () => ({
      accounts: [...accounts],
      ...(currentId === undefined ? {} : { currentId }),
      keychain: keychainState,
      problem,
    }),

    settled: () => inOrder(async () => {}),

    restore: () =>
      inOrder(async () => {
        const saved = await file.read()
        accounts = saved.accounts
        keychainState = await keychain.state(signal)
        await use(accounts.find(({ id }) => id === saved.currentId) ?? accounts[0])
      }),

    async inspect(pasted, asking) {
      candidate = undefined
      const asked = await ask(pasted, endpoints, AbortSignal.any([asking, signal]))
      candidate = asked
      return reportOf(asked)
    },

    candidateToken: (id) => (candidate?.id === id ? candidate.token.value : undefined),

    signIn: (id, kept) =>
      inOrder(async () => {
        if (candidate?.id !== id) throw new AppError('invalid-input', 'That token was replaced. Paste it again.')
        const fresh = accountOf(candidate, { id: randomUUID(), kept, demo: false })
        const known = accounts.find((account) => isSameAccount(account, fresh))
        const account = known ? { ...fresh, id: known.id, protection: known.protection } : fresh
        // Kept in another place than before: nothing of the old token stays behind.
        if (known && known.kept !== kept) await tokens.remove(known, signal)
        await keep(account, candidate.token.value)
        candidate = undefined
        return account
      }),

    exploreDemo: () =>
      inOrder(async () => {
        const running = accounts.find((account) => account.demo)
        if (running && demo) {
          await use(running)
          return running
        }
        demo = await options.startDemo(signal)
        // A new demo begins from its seed, so nothing of the last one is true any more.
        forget(DEMO_ID)
        const asked = await ask(demo.token, demo.endpoints, signal)
        const account = accountOf(asked, { id: DEMO_ID, kept: 'session', demo: true })
        await keep(account, asked.token.value)
        return account
      }),

    switchTo: (id) =>
      inOrder(async () => {
        await use(find(id))
        await save()
      }),

    signOut: (id) =>
      inOrder(async () => {
        const account = find(id)
        await tokens.remove(account, signal)
        accounts = accounts.filter((known) => known.id !== id)
        if (currentId === id) await use(accounts[0])
        else changed.emit()
        await save()
        forget(id)
        if (account.demo) stopDemo()
      }),

    setProtection: (id, protection) =>
      inOrder(async () => {
        put({ ...find(id), protection })
        changed.emit()
        await save()
      }),

    close() {
      activation?.end()
      stopDemo()
    },
  }

  function stopDemo(): void {
    demo?.stop()
    demo = undefined
  }
}

const replaced = (accounts: readonly Account[], account: Account) =>
  accounts.map((known) => (known.id === account.id ? account : known))
