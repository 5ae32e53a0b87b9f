import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import type { FlyEndpoints } from '#electron/fly/client.ts'
import type { contract } from '#shared/contract.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { allowedLink } from './allowed-link.ts'

interface DesktopHandlersOptions {
  accounts: ActiveAccounts
  /** Opens the system's browser. */
  openExternal: (url: string) => Promise<void>
  writeText: (text: string) => Promise<void>
  /** Pastes into whatever has the focus. */
  paste: () => void
}

export function desktopHandlers(options: DesktopHandlersOptions): Handlers<typeof contract>['desktop'] {
  const { accounts, openExternal, writeText, paste } = options

  async function open(url: string, endpoints: FlyEndpoints | undefined): Promise<void> {
    const link = allowedLink(url, endpoints)
    if (link) return openExternal(link)
    throw new AppError('invalid-input', 'Hangar opens only pages of Fly.io and of your apps. Copy the link instead.')
  }

  return {
    openLink: ({ url }) => open(url, signedInEndpoints(accounts)),
    async openApp({ app }) {
      const { endpoints } = accounts.current()
      await open(endpoints.appUrl(app), endpoints)
    },
    copyText: ({ text }) => writeText(text),
    paste: async () => paste(),
  }
}

function signedInEndpoints(accounts: ActiveAccounts): FlyEndpoints | undefined {
  try {
    return accounts.current().endpoints
  } catch {
    // Nobody is signed in: there are no apps of theirs to open.
    return undefined
  }
}
