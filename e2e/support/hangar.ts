import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test'
import type { SimulatorAddresses } from './simulator.ts'

const root = new URL('../..', import.meta.url).pathname

export interface LaunchOptions {
  userData: string
  /** Absent: the real addresses of Fly.io, which no test asks for anything. */
  simulator?: SimulatorAddresses | undefined
  /** Of a keyring session; absent: a D-Bus address that nobody answers, so there is no keychain. */
  keyring?: NodeJS.ProcessEnv | undefined
  args?: readonly string[]
  env?: NodeJS.ProcessEnv
}

export interface Hangar {
  app: ElectronApplication
  page: Page
}

/** No test may come upon the keychain, the flyctl login or the display settings of whoever runs it. */
const nobody = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', FLY_API_TOKEN: '', FLY_ACCESS_TOKEN: '' }

function flyEnvironment(simulator: SimulatorAddresses | undefined): NodeJS.ProcessEnv {
  if (!simulator) return {}
  const { machines, api, registry, appUrl, flyctl } = simulator
  return {
    FLY_FLAPS_BASE_URL: machines,
    FLY_API_BASE_URL: api,
    FLY_REGISTRY_HOST: registry,
    HANGAR_APP_URL: appUrl,
    HANGAR_FLYCTL: flyctl,
    HANGAR_NODE: process.execPath,
  }
}

function withoutGaps(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** Starts the built app and waits for its page. */
export async function launchHangar({
  userData,
  simulator,
  keyring = {},
  args = [],
  env = {},
}: LaunchOptions): Promise<Hangar> {
  const app = await electron.launch({
    args: [root, `--user-data-dir=${userData}`, ...args],
    colorScheme: null,
    env: withoutGaps({ ...process.env, ...nobody, HOME: userData, ...flyEnvironment(simulator), ...keyring, ...env }),
  })
  const page = await app.firstWindow()
  await page.waitForURL('app://hangar/**')
  return { app, page }
}
