import { app } from 'electron'
import { forgetAccount } from './database/forget-account.ts'
import { openDatabase } from './database/open-database.ts'
import { prune } from './database/prune.ts'
import { createStateLedger } from './database/state-ledger.ts'
import { startDemo } from './demo.ts'
import { flyEndpoints } from './endpoints.ts'
import { createAccountSession } from './features/accounts/account-session.ts'
import type { Connect } from './features/accounts/activate.ts'
import { savedAccountsFile } from './features/accounts/saved-accounts.ts'
import { createFleet } from './features/fleet/fleet.ts'
import { openSettings } from './features/settings/settings-file.ts'
import { createFlyClient } from './fly/client.ts'
import { createFlyctlLocator } from './flyctl/find-flyctl.ts'
import { createFlyctl } from './flyctl/flyctl.ts'
import { createKeychain } from './lib/keychain.ts'
import type { Log } from './lib/log.ts'
import { childNetworkEnvironment, useNetwork } from './lib/network.ts'
import type { paths } from './paths.ts'

interface ServicesOptions {
  files: ReturnType<typeof paths>
  log: Log
  /** Aborts when the app quits. */
  quitting: AbortSignal
}

/** Everything the features stand on, built once, in order. */
export async function createServices({ files, log, quitting }: ServicesOptions) {
  const brokenFile = (copy: string) => log.warn(`A file could not be read and was replaced. What it held is in ${copy}`)
  const settings = await openSettings(files.settings, brokenFile)
  const endpoints = flyEndpoints(process.env)
  const database = openDatabase(files.database, (sentence) => log.warn(sentence))
  prune(database, Date.now())

  const flyctl = createFlyctl({
    locate: createFlyctlLocator({
      configured: () => settings.current().flyctlPath || (process.env.HANGAR_FLYCTL ?? ''),
    }),
    configDir: files.flyctlConfig,
    network: () => childNetworkEnvironment(settings.current(), process.env),
  })

  const connect: Connect = (options) =>
    createFlyClient({
      ...options,
      log: (line) => log.debug(line),
      userAgent: `Hangar/${app.getVersion()} (desktop)`,
    })

  const accounts = createAccountSession({
    endpoints,
    file: savedAccountsFile(files.accounts, brokenFile),
    keychain: createKeychain('Hangar'),
    connect,
    startDemo: (signal) =>
      startDemo({ program: files.simulator, onOutput: (line) => log.warn(`demo: ${line}`) }, signal),
    forget: (accountId) => forgetAccount(database, accountId),
    signal: quitting,
  })
  const ledger = createStateLedger(database)
  const fleet = createFleet({ accounts, database, ledger, log })

  const network = () =>
    useNetwork(settings.current(), process.env).catch((error: unknown) =>
      log.error('The network settings failed', error),
    )
  await network()
  settings.onChange(() => void network())

  const stop = async () => {
    fleet.stop()
    accounts.close()
    await flyctl.close()
    database.close()
  }
  return { settings, database, ledger, flyctl, accounts, fleet, log, quitting, stop }
}

export type Services = Awaited<ReturnType<typeof createServices>>
