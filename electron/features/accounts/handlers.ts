import { latest } from '#electron/lib/changes.ts'
import type { contract } from '#shared/contract.ts'
import type { Session } from '#shared/contracts/accounts.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import type { AccountSession } from './account-session.ts'

/** The system's clipboard. A pasted token is read from it here, so that it never enters the page. */
export interface Clipboard {
  readText(): Promise<string>
  clear(): Promise<void>
}

interface AccountHandlersOptions {
  session: AccountSession
  clipboard: Clipboard
  flyctlStatus: (signal: AbortSignal) => Promise<Session['flyctl']>
  readFlyctlLogin: (signal: AbortSignal) => Promise<string>
}

export function accountHandlers(options: AccountHandlersOptions): Handlers<typeof contract>['accounts'] {
  const { session, clipboard, flyctlStatus, readFlyctlLogin } = options
  return {
    async *watch(_input, { signal }) {
      // Looked up once per page load: a person may install flyctl and reload.
      const [flyctl] = await Promise.all([flyctlStatus(signal), session.settled()])
      const read = (): Session => ({ ...session.view(), flyctl })
      yield* latest({ read, on: session.onViewChange, signal })
    },
    inspectClipboard: async (_input, { signal }) => session.inspect(await clipboard.readText(), signal),
    inspectFlyctlLogin: async (_input, { signal }) => session.inspect(await readFlyctlLogin(signal), signal),
    async signIn({ candidateId, keep }) {
      const token = session.candidateToken(candidateId)
      const account = await session.signIn(candidateId, keep)
      // Other programs read the clipboard too. What is there by now may be something else, which stays.
      const text = await clipboard.readText()
      if (token && text.replace(/\s/g, '').includes(token)) await clipboard.clear()
      return account
    },
    exploreDemo: () => session.exploreDemo(),
    switch: ({ id }) => session.switchTo(id),
    signOut: ({ id }) => session.signOut(id),
    setProtection: ({ id, protection }) => session.setProtection(id, protection),
  }
}
