import { forgetAccount } from './database/forget-account.ts'
import { openDatabase } from './database/open-database.ts'
import { prune } from './database/prune.ts'
import { deploymentsEnded } from './database/running-deployments.ts'
import { createStateLedger } from './database/state-ledger.ts'
import { flyEndpoints } from './endpoints.ts'
import { createAccountSession, type Demo } from './features/accounts/account-session.ts'
import type { Connect } from './features/accounts/activate.ts'
import { savedAccountsFile } from './features/accounts/saved-accounts.ts'
import { createFleet } from './features/fleet/fleet.ts'
import { createOperations } from './features/operations/operations.ts'
import { openSettings } from './features/settings/settings-file.ts'
import { createFlyClient } from './fly/client.ts'
import { createFlyctlLocator } from './flyctl/find-flyctl.ts'
import { createFlyctl } from './flyctl/flyctl.ts'
import { createKeychain } from './lib/keychain.ts'
import type { Log } from './lib/log.ts'
import { childNetworkEnvironment } from './lib/network.ts'
import { networkSettings } from './network-settings.ts'
import type { Paths } from './paths.ts'

interface ServicesOptions {
  files: Paths
  log: Log
  version: string
  /** Names another Fly.io, proxies, and where programs are. */
  environment: NodeJS.ProcessEnv
  startDemo: (signal: AbortSignal) => Promise<Demo>
  /** Aborts when the app quits. */
  quitting: AbortSignal
}

/** flyctl is given 10 s to end by itself, then it is killed. */
const DEPLOYMENTS_END_MS = 11_000

/** Everything the features stand on, built once, in order. */
export async function createServices(options: ServicesOptions) {
  const { files, log, version, environment, startDemo, quitting } = options
  const brokenFile = (copy: string) => log.warn(`A file could not be read and was replaced. What it held is in ${copy}`)
  const settings = await openSettings(files.settings, brokenFile)
  const endpoints = flyEndpoints(environment)
  const database = openDatabase(files.database, (sentence) => log.warn(sentence))
  prune(database, Date.now())

  const flyctl = createFlyctl({
    locate: createFlyctlLocator({
      environment,
      configured: () => settings.current().flyctlPath || (environment.HANGAR_FLYCTL ?? ''),
    }),
    configDir: files.flyctlConfig,
    environment,
    network: () => childNetworkEnvironment(settings.current(), environment),
  })

  const fetch = networkSettings({ settings, environment, log })
  const connect: Connect = (options) =>
    createFlyClient({
      ...options,
      fetch,
      log: (line) => log.debug(line),
      userAgent: `Hangar/${version} (desktop)`,
    })

  const accounts = createAccountSession({
    endpoints,
    file: savedAccountsFile(files.accounts, brokenFile),
    keychain: createKeychain('Hangar'),
    connect,
    startDemo,
    forget: (accountId) => forgetAccount(database, accountId),
    signal: quitting,
  })
  const ledger = createStateLedger(database)
  const fleet = createFleet({ accounts, database, ledger, log })
  const operations = createOperations({ accounts, database, fleet, log })

  const stop = async () => {
    fleet.stop()
    accounts.close()
    await operations.settled()
    await deploymentsEnded(database, AbortSignal.timeout(DEPLOYMENTS_END_MS)).catch(() =>
      log.warn('A deployment had not ended when the app did'),
    )
    await flyctl.close()
    database.close()
  }
  return { settings, database, ledger, endpoints, fetch, flyctl, accounts, fleet, operations, log, quitting, stop }
}

export type Services = Awaited<ReturnType<typeof createServices>>
