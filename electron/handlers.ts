import type { contract } from '#shared/contract.ts'
import type { About } from '#shared/contracts/settings.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { accountHandlers, type Clipboard } from './features/accounts/handlers.ts'
import { costHandlers } from './features/cost/handlers.ts'
import { deployHandlers } from './features/deploys/handlers.ts'
import { desktopHandlers } from './features/desktop/handlers.ts'
import { fleetHandlers } from './features/fleet/handlers.ts'
import { logsHandlers } from './features/logs/handlers.ts'
import { operationHandlers } from './features/operations/handlers.ts'
import { settingsHandlers } from './features/settings/handlers.ts'
import { terminalHandlers } from './features/terminal/handlers.ts'
import type { StartTerminalHost } from './features/terminal/host-connection.ts'
import type { Services } from './services.ts'

/** What the features need of the desktop around them. */
export interface Desktop {
  clipboard: Clipboard & { writeText(text: string): Promise<void> }
  openExternal: (url: string) => Promise<void>
  showInFolder: (file: string) => void
  chooseFolder: () => Promise<string | null>
  paste: () => void
  about: (signal: AbortSignal) => Promise<About>
  startTerminalHost: StartTerminalHost
}

type AppHandlers = Handlers<typeof contract>

/** Every feature's handlers, each given what it needs. `stop` ends what they run. */
export function createHandlers(services: Services, desktop: Desktop): { handlers: AppHandlers; stop: () => void } {
  const { accounts, database, fetch, fleet, flyctl, ledger, log, operations, quitting, settings } = services
  const terminal = terminalHandlers({ accounts, flyctl, startHost: desktop.startTerminalHost })
  const handlers = {
    accounts: accountHandlers({
      session: accounts,
      clipboard: desktop.clipboard,
      flyctlStatus: (signal) => flyctl.status(signal, services.endpoints),
      readFlyctlLogin: (signal) => flyctl.readLogin(signal),
      onFlyctlChange: settings.onChange,
    }),
    cost: costHandlers({ accounts, ledger, fleet }),
    deploys: deployHandlers({
      ...{ accounts, flyctl, database, quitting, fetch },
      chooseFolder: desktop.chooseFolder,
      recordOperation: operations.recordOperation,
      onError: (error) => log.error('A deployment failed', error),
    }),
    desktop: desktopHandlers({
      accounts,
      openExternal: desktop.openExternal,
      writeText: desktop.clipboard.writeText,
      paste: desktop.paste,
    }),
    fleet: fleetHandlers(fleet),
    logs: logsHandlers({ accounts }),
    operations: operationHandlers({ operations, accounts }),
    settings: settingsHandlers({ settings, about: desktop.about, reveal: desktop.showInFolder }),
    terminal: terminal.handlers,
  }
  return { handlers, stop: terminal.stop }
}
