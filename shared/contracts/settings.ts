import { z } from 'zod'
import { call, stream } from '../ipc/contract.ts'

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'default', 'comfortable']),
  /** `http://host:port`; empty = the system's environment (HTTPS_PROXY, NO_PROXY). */
  proxyUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  /** Absolute path of a PEM bundle trusted besides the system's; empty = none. */
  caFile: z.string().max(1000),
  /** Absolute path of flyctl; empty = look on PATH and in ~/.fly/bin. */
  flyctlPath: z.string().max(1000),
})
export type Settings = z.infer<typeof Settings>

const About = z.object({
  version: z.string(),
  /** `Electron 45.4.1` or `the Electron stand-in`. */
  runtime: z.string(),
  platform: z.enum(['linux', 'mac', 'windows', 'other']),
  settingsFile: z.string(),
  logFile: z.string(),
  databaseFile: z.string(),
  flyctl: z.string(),
})
export type About = z.infer<typeof About>

export const settings = {
  watch: stream({ input: z.object({}), item: Settings }),
  change: call({ input: Settings.partial(), output: Settings }),
  about: call({ input: z.object({}), output: About }),
  /** Shows the log or settings file in the system's file manager. */
  reveal: call({ input: z.object({ file: z.enum(['log', 'settings', 'database']) }), output: z.void() }),
}
