import { latest } from '#electron/lib/changes.ts'
import type { contract } from '#shared/contract.ts'
import type { About } from '#shared/contracts/settings.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { checkSettings } from './check-settings.ts'
import type { SettingsStore } from './settings-file.ts'

interface SettingsHandlersOptions {
  settings: SettingsStore
  about: (signal: AbortSignal) => Promise<About>
  /** Shows a file in the system's file manager. */
  reveal: (file: string) => void
}

export function settingsHandlers(options: SettingsHandlersOptions): Handlers<typeof contract>['settings'] {
  const { settings, about, reveal } = options
  return {
    watch: (_input, { signal }) => latest({ read: settings.current, on: settings.onChange, signal }),
    async change(changes) {
      await checkSettings(changes)
      return settings.change(changes)
    },
    about: (_input, { signal }) => about(signal),
    async reveal({ file }, { signal }) {
      const { logFile, settingsFile, databaseFile } = await about(signal)
      reveal({ log: logFile, settings: settingsFile, database: databaseFile }[file])
    },
  }
}
