import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type Changes, createChanges } from '#electron/lib/changes.ts'
import { createJsonFile } from '#electron/lib/json-file.ts'
import { Settings } from '#shared/contracts/settings.ts'

const DEFAULTS: Settings = {
  theme: 'system',
  density: 'default',
  proxyUrl: '',
  caFile: '',
  flyctlPath: '',
}

/** Each value by itself: one that is wrong or missing takes its default, the others stay. */
const Tolerant = z.object({
  theme: Settings.shape.theme.catch(DEFAULTS.theme),
  density: Settings.shape.density.catch(DEFAULTS.density),
  proxyUrl: Settings.shape.proxyUrl.catch(DEFAULTS.proxyUrl),
  caFile: Settings.shape.caFile.catch(DEFAULTS.caFile),
  flyctlPath: Settings.shape.flyctlPath.catch(DEFAULTS.flyctlPath),
})

/** `intact` = no value had to be replaced; one that is merely absent is no reason to set the file aside. */
export function parseSettings(content: unknown): { value: Settings; intact: boolean } {
  const value = Tolerant.parse(content)
  const given = Settings.partial().safeParse(content)
  return { value, intact: given.success && isDeepStrictEqual({ ...DEFAULTS, ...given.data }, value) }
}

/** What is to be changed; undefined leaves a value as it is. */
export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined }

export interface SettingsStore {
  current(): Settings
  onChange: Changes['on']
  change(change: SettingsChange): Promise<Settings>
}

/** The settings, from a readable file that a person may edit while the app is closed. */
export async function openSettings(file: string, onBroken: (copy: string) => void): Promise<SettingsStore> {
  const json = createJsonFile({ file, parse: parseSettings, fallback: DEFAULTS, onBroken })
  const changes = createChanges()
  let settings = await json.read()
  return {
    current: () => settings,
    onChange: changes.on,
    async change(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      settings = Settings.parse({ ...settings, ...Object.fromEntries(given) })
      changes.emit()
      await json.write(settings)
      return settings
    },
  }
}
