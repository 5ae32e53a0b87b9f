import { randomUUID } from 'node:crypto'
import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import type { FlyEndpoints } from '#electron/fly/client.ts'
import { createRateLimits } from '#electron/fly/rate-limit.ts'
import { parseToken } from '#electron/fly/token.ts'
import { describeToken } from '#electron/fly/who-am-i.ts'
import type { Changes } from '#electron/lib/changes.ts'
import { createInOrder } from '#electron/lib/in-order.ts'
import type { JsonFile } from '#electron/lib/json-file.ts'
import type { Keychain } from '#electron/lib/keychain.ts'
import type { Account, Session, TokenReport } from '#shared/contracts/accounts.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { createAccountInUse } from './account-in-use.ts'
import type { Connect } from './activate.ts'
import { accountOf, type Candidate, isSameAccount, reportOf } from './candidate.ts'
import { createRoster } from './roster.ts'
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

/** Signing in, switching and signing out, one at a time. */
export function createAccountSession(options: AccountSessionOptions): AccountSession {
  const { endpoints, file, keychain, connect, forget, signal } = options
  const roster = createRoster(file)
  const tokens = createTokenStore(keychain)
  const inOrder = createInOrder()
  let candidate: Candidate | undefined
  let demo: Demo | undefined
  const inUse = createAccountInUse({
    ...{ roster, tokens, connect, signal },
    endpointsOf: (account) => (account.demo && demo ? demo.endpoints : endpoints),
  })

  const save = () => roster.save(inUse.id())

  async function keep(account: Account, token: string): Promise<void> {
    try {
      await tokens.write(account, token, signal)
    } catch (error) {
      // What the keychain said of itself is part of the view.
      inUse.viewChanged()
      throw error
    }
    roster.put(account)
    await inUse.use(account)
    await save()
  }

  async function ask(pasted: string, at: FlyEndpoints, asking: AbortSignal): Promise<Candidate> {
    const token = parseToken(pasted)
    const fly = connect({ endpoints: at, token: async () => token.value, limits: createRateLimits() })
    return { id: randomUUID(), token, facts: await describeToken(fly, token, asking), endpoints: at }
  }

  return {
    current: inUse.current,
    onChange: inUse.onChange,
    onViewChange: inUse.onViewChange,
    view() {
      const currentId = inUse.id()
      return {
        accounts: [...roster.all()],
        ...(currentId === undefined ? {} : { currentId }),
        keychain: tokens.keychainState(),
        problem: inUse.problem(),
      }
    },

    settled: () => inOrder(async () => {}),

    restore: () =>
      inOrder(async () => {
        const account = await roster.load()
        await tokens.askKeychain(signal)
        await inUse.use(account)
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
        const known = roster.all().find((account) => isSameAccount(account, fresh))
        const account = known ? { ...fresh, id: known.id, protection: known.protection } : fresh
        // Kept in another place than before: nothing of the old token stays behind.
        if (known && known.kept !== kept) await tokens.remove(known, signal)
        await keep(account, candidate.token.value)
        candidate = undefined
        return account
      }),

    exploreDemo: () =>
      inOrder(async () => {
        const running = roster.all().find((account) => account.demo)
        if (running && demo) {
          await inUse.use(running)
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
        await inUse.use(roster.find(id))
        await save()
      }),

    signOut: (id) =>
      inOrder(async () => {
        const account = roster.find(id)
        await tokens.remove(account, signal)
        roster.remove(id)
        if (inUse.id() === id) await inUse.use(roster.all()[0])
        else inUse.viewChanged()
        await save()
        forget(id)
        if (account.demo) stopDemo()
      }),

    setProtection: (id, protection) =>
      inOrder(async () => {
        roster.put({ ...roster.find(id), protection })
        inUse.viewChanged()
        await save()
      }),

    close() {
      inUse.end()
      stopDemo()
    },
  }

  function stopDemo(): void {
    demo?.stop()
    demo = undefined
  }
}
