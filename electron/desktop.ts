import { app, BrowserWindow, shell } from 'electron'
import type { Flyctl } from './flyctl/flyctl.ts'
import type { Desktop } from './handlers.ts'
import type { Paths } from './paths.ts'
import { systemClipboard } from './platform/clipboard.ts'
import { showInFolder } from './platform/file-manager.ts'
import { chooseFolder } from './platform/folder-dialog.ts'
import { platform, runtimeName } from './platform/runtime.ts'
import { terminalHostProcess } from './terminal-host-process.ts'

interface DesktopOptions {
  files: Paths
  flyctl: Pick<Flyctl, 'status'>
}

/** What the features may ask of the desktop. */
export function createDesktop({ files, flyctl }: DesktopOptions): Desktop {
  return {
    clipboard: systemClipboard,
    openExternal: (url) => shell.openExternal(url),
    showInFolder,
    chooseFolder: async () => {
      const [window] = BrowserWindow.getAllWindows()
      return window ? chooseFolder(window) : null
    },
    paste: () => BrowserWindow.getFocusedWindow()?.webContents.paste(),
    startTerminalHost: terminalHostProcess(files.terminalHost),
    about: async (signal) => ({
      version: app.getVersion(),
      runtime: runtimeName(),
      platform,
      settingsFile: files.settings,
      logFile: files.log,
      databaseFile: files.database,
      flyctl: describeFlyctl(await flyctl.status(signal)),
    }),
  }
}

function describeFlyctl(found: Awaited<ReturnType<Flyctl['status']>>): string {
  if (found.status === 'absent') return 'not found'
  if (found.status === 'too-old') return `${found.version} at ${found.path} (too old, ${found.minimum} is needed)`
  return `${found.version} at ${found.path}`
}
