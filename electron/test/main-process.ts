import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHandlers, type Desktop } from '#electron/handlers.ts'
import { createLog } from '#electron/lib/log.ts'
import type { Paths } from '#electron/paths.ts'
import { createServices } from '#electron/services.ts'
import { contract } from '#shared/contract.ts'
import { connect } from '#shared/ipc/connect.ts'
import { portPair } from '#shared/ipc/port-pair.ts'
import type { Request, Response } from '#shared/ipc/protocol.ts'
import { serve } from '#shared/ipc/serve.ts'

/** Where the app would write, below `folder`. */
function pathsBelow(folder: string): Paths {
  const written = {
    settings: join(folder, 'settings.json'),
    accounts: join(folder, 'accounts.json'),
    windowState: join(folder, 'window.json'),
    database: join(folder, 'hangar.db'),
    log: join(folder, 'logs', 'hangar.log'),
    flyctlConfig: join(folder, 'flyctl'),
  }
  const built = { preload: '', page: '', simulator: '', terminalHost: '' }
  return { ...written, ...built }
}

/** Everything of the main process but Electron: real services and handlers, and a client as the page has it. */
export async function startMainProcess(environment: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'hangar-main-'))
  const files = pathsBelow(folder)
  const log = createLog({ file: files.log })
  const quitting = new AbortController()
  const clipboard = { text: '' }
  const inherited = { PATH: process.env.PATH ?? '', HOME: folder }
  const services = await createServices({
    ...{ files, log, quitting: quitting.signal, version: 'test' },
    environment: { ...inherited, ...environment },
    startDemo: () => Promise.reject(new Error('No demo in a test of the main process.')),
  })
  const desktop: Desktop = {
    clipboard: {
      readText: async () => clipboard.text,
      writeText: async (text) => void Object.assign(clipboard, { text }),
      clear: async () => void Object.assign(clipboard, { text: '' }),
    },
    openExternal: async () => {},
    showInFolder: () => {},
    chooseFolder: async () => folder,
    paste: () => {},
    about: () => Promise.reject(new Error('Not asked for in a test of the main process.')),
    startTerminalHost: () => {
      throw new Error('No terminal in a test of the main process.')
    },
  }
  const { handlers, stop } = createHandlers(services, desktop)
  const { left, right, close } = portPair<Request, Response>()
  serve(contract, handlers, right, (path, error) => log.error(path, error))
  await services.accounts.restore()
  return {
    ...{ folder, clipboard, services },
    ipc: connect(contract, left),
    /** Quits, as the app does; the folder stays until `remove`. */
    async quit() {
      close()
      quitting.abort()
      stop()
      await services.stop()
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  }
}
