import { type Changes, createChanges, latest } from '#electron/lib/changes.ts'
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
  /** Where flyctl is looked for has changed. */
  onFlyctlChange: Changes['on']
}

export function accountHandlers(options: AccountHandlersOptions): Handlers<typeof contract>['accounts'] {
  const { session, clipboard, flyctlStatus, readFlyctlLogin, onFlyctlChange } = options
  return {
    async *watch(_input, { signal }) {
      // A sign-in that is under way, as at the start of the app, is waited for: nobody sees the sign-in page for a blink.
      await session.settled()
      const changes = createChanges()
      const flyctl = { status: await flyctlStatus(signal) }
      const offs = [
        session.onViewChange(changes.emit),
        onFlyctlChange(() => {
          void flyctlStatus(signal).then((status) => {
            flyctl.status = status
            changes.emit()
          }, keepWhatWasKnown)
        }),
      ]
      try {
        yield* latest({ read: (): Session => ({ ...session.view(), flyctl: flyctl.status }), on: changes.on, signal })
      } finally {
        for (const off of offs) off()
      }
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

function keepWhatWasKnown(): void {
  // The page is gone, or flyctl cannot be asked: what was known stays.
}
