import { join } from 'node:path'
import { app } from 'electron'

/** Where everything lies: what the app writes, all below one folder, and what was built. */
export function paths() {
  const userData = app.getPath('userData')
  const built = join(import.meta.dirname, '..')
  return {
    settings: join(userData, 'settings.json'),
    accounts: join(userData, 'accounts.json'),
    windowState: join(userData, 'window.json'),
    database: join(userData, 'hangar.db'),
    log: join(userData, 'logs', 'hangar.log'),
    flyctlConfig: join(userData, 'flyctl'),
    preload: join(built, 'preload', 'preload.cjs'),
    page: join(built, 'renderer'),
    simulator: join(built, 'main', 'simulator.js'),
    terminalHost: join(built, 'main', 'terminal-host.js'),
  }
}

export type Paths = ReturnType<typeof paths>
