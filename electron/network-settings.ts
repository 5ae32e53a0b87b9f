import type { SettingsStore } from './features/settings/settings-file.ts'
import type { Log } from './lib/log.ts'
import { applyNetwork } from './lib/network.ts'

interface Needs {
  settings: SettingsStore
  environment: NodeJS.ProcessEnv
  log: Log
}

/**
 * Proxy and certificates of the settings, in force before the first request is sent. Not sooner: reading the system's
 * certificates takes longer than all the rest of the start.
 */
export function networkSettings({ settings, environment, log }: Needs): typeof globalThis.fetch {
  let inForce = ''
  let applied: Promise<void> = Promise.resolve()

  const apply = () => {
    const { proxyUrl, caFile } = settings.current()
    const wanted = JSON.stringify([proxyUrl, caFile])
    if (wanted === inForce) return
    inForce = wanted
    applied = applyNetwork({ proxyUrl, caFile }, environment).catch((error: unknown) =>
      log.error('The network settings could not be used', error),
    )
  }
  settings.onChange(apply)

  return async (input, init) => {
    apply()
    await applied
    return globalThis.fetch(input, init)
  }
}
