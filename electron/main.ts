import { app, BrowserWindow, dialog, nativeTheme } from 'electron'
import { registerAppScheme, serveApp } from './app-scheme.ts'
import { acceptConnections } from './connection.ts'
import { deepLinkOf, deepLinkPath } from './deep-link.ts'
import { startDemo } from './demo.ts'
import { createDesktop } from './desktop.ts'
import { createHandlers } from './handlers.ts'
import { createLog, type Log } from './lib/log.ts'
import { setMenu } from './menu.ts'
import { PAGE_URL } from './page-address.ts'
import { paths } from './paths.ts'
import { showInFolder } from './platform/file-manager.ts'
import { runtimeName } from './platform/runtime.ts'
import { onQuit } from './quit.ts'
import { createServices, type Services } from './services.ts'
import { openWindow } from './window.ts'
import { windowStateFile } from './window-state.ts'

registerAppScheme()
if (app.requestSingleInstanceLock()) void start().catch(giveUp)
else app.quit()

async function start(): Promise<void> {
  const files = paths()
  const log = createLog({ file: files.log })
  logCrashes(log)
  app.setAsDefaultProtocolClient('hangar')
  await app.whenReady()
  log.info(`Hangar ${app.getVersion()} starts on ${runtimeName()}`)

  const quitting = new AbortController()
  const services = await createServices({
    ...{ files, log, quitting: quitting.signal },
    version: app.getVersion(),
    environment: process.env,
    startDemo: (signal) =>
      startDemo({ program: files.simulator, onOutput: (line) => log.warn(`demo: ${line}`) }, signal),
  })
  const { handlers, stop } = createHandlers(services, createDesktop({ files, flyctl: services.flyctl }))
  const windowState = windowStateFile(files.windowState)
  onQuit({ log, steps: [() => quitting.abort(), stop, services.stop, windowState.settled] })

  followTheme(services)
  setMenu({ openSettingsFile: () => showInFolder(files.settings), openLog: () => showInFolder(files.log) })
  serveApp(files.page)
  acceptConnections({
    handlers,
    isOurs: (sender) => BrowserWindow.getAllWindows().some(({ webContents }) => webContents === sender),
    onError: (path, error) => log.error(`${path} failed`, error),
  })

  const open = (path?: string) => showWindow({ path, preload: files.preload, state: windowState, log })
  onLaunchAgain(open)
  signIn(services, log)
  await open(deepLinkOf(process.argv))
}

/** Restores the accounts of the last run, or goes straight to the demo. The page waits for the outcome. */
function signIn({ accounts }: Services, log: Log): void {
  const fail = (error: unknown) => log.error('The accounts could not be restored', error)
  accounts.restore().catch(fail)
  if (process.argv.includes('--demo')) accounts.exploreDemo().catch(fail)
}

interface ShowOptions {
  /** Where in the page to go; absent = where it is. */
  path: string | undefined
  preload: string
  state: ReturnType<typeof windowStateFile>
  log: Log
}

/** Brings the one window to the front, or opens it. */
async function showWindow({ path, preload, state, log }: ShowOptions): Promise<void> {
  // `npm run dev` serves the page from its own address, which an installed app never asks for.
  const page = (!app.isPackaged && process.env.ELECTRON_RENDERER_URL) || PAGE_URL
  const url = path ? `${page}#${path}` : page
  const [window] = BrowserWindow.getAllWindows()
  if (!window) {
    await openWindow({ preload, url, state, onCrash: (reason) => log.error(`The page is gone: ${reason}`) })
    return
  }
  if (window.isMinimized()) window.restore()
  window.focus()
  // Only the part after # changes, so the page stays and moves by itself.
  if (path) await window.loadURL(url)
}

/** A second start of the app, a link, or the dock's icon: all mean the window that is already there. */
function onLaunchAgain(open: (path?: string) => Promise<void>): void {
  app.on('second-instance', (_event, argv) => void open(deepLinkOf(argv)))
  app.on('open-url', (event, link) => {
    event.preventDefault()
    void open(deepLinkPath(link))
  })
  app.on('activate', () => void open())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

function followTheme({ settings }: Services): void {
  const apply = () => {
    nativeTheme.themeSource = settings.current().theme
  }
  apply()
  settings.onChange(apply)
}

/** What nobody caught is a bug: written down, and the app lives on, because nothing done may be lost for it. */
function logCrashes(log: Log): void {
  process.on('uncaughtException', (error) => log.error('Uncaught', error))
  process.on('unhandledRejection', (reason) => log.error('Unhandled rejection', reason))
  app.on('child-process-gone', (_event, details) => log.error('A process of the app ended', details))
}

/** The app cannot even start: its folder cannot be written, most likely. Without a display the text goes to stderr. */
function giveUp(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  dialog.showErrorBox('Hangar cannot start', `${reason}\n\nIts folder is ${app.getPath('userData')}.`)
  app.exit(1)
}
