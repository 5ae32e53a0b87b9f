import { BrowserWindow, nativeTheme, type Rectangle, type Session, screen } from 'electron'
import type { JsonFile } from '#electron/lib/json-file.ts'
import { isSameSite } from './page-address.ts'
import { placement, type WindowState } from './window-state.ts'

interface WindowOptions {
  preload: string
  url: string
  state: JsonFile<WindowState>
  onCrash: (reason: string) => void
}

/** The title bar and status bar of the page (`--ground`) and its symbols (`--text-2`). */
const CHROME = {
  light: { color: '#eceff1', symbolColor: '#434a51' },
  dark: { color: '#0a0d10', symbolColor: '#b3b9bf' },
}
const TITLE_BAR_HEIGHT = 40

/** The one window. It shows our page and nothing else, however the page is talked into trying. */
export async function openWindow({ preload, url, state, onCrash }: WindowOptions): Promise<BrowserWindow> {
  const saved = await state.read()
  const window = new BrowserWindow({
    ...placement(
      saved,
      screen.getAllDisplays().map(({ workArea }): Rectangle => workArea),
    ),
    minWidth: 900,
    minHeight: 560,
    show: false,
    title: 'Hangar',
    backgroundColor: chrome().color,
    // The page draws the title bar; the system draws the buttons into it.
    titleBarStyle: 'hidden',
    ...(process.platform === 'darwin' ? {} : { titleBarOverlay: { ...chrome(), height: TITLE_BAR_HEIGHT } }),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      safeDialogs: true,
      navigateOnDragDrop: false,
    },
  })
  if (saved.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepToOurPage(window, url)
  denyPermissions(window.webContents.session)
  rememberPlace(window, state)
  followTheme(window)
  reloadAfterCrash(window, onCrash)
  await window.loadURL(url)
  return window
}

function keepToOurPage({ webContents }: BrowserWindow, url: string): void {
  const stay = (event: { preventDefault(): void }, target: string) => {
    // A reload is a navigation to where we are.
    if (!isSameSite(url, target)) event.preventDefault()
  }
  webContents.on('will-navigate', (event) => stay(event, event.url))
  webContents.on('will-redirect', (event) => stay(event, event.url))
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
}

function rememberPlace(window: BrowserWindow, state: JsonFile<WindowState>): void {
  window.on('close', () => {
    // A disk that is full must not keep the window open: the place is forgotten then.
    state.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }).catch(() => {})
  })
}

function followTheme(window: BrowserWindow): void {
  const apply = () => {
    window.setBackgroundColor(chrome().color)
    if (process.platform !== 'darwin') window.setTitleBarOverlay({ ...chrome(), height: TITLE_BAR_HEIGHT })
  }
  nativeTheme.on('updated', apply)
  window.on('closed', () => nativeTheme.off('updated', apply))
}

/** What runs in the main process goes on; the new page picks it up. A page that crashes at once is not tried for ever. */
function reloadAfterCrash(window: BrowserWindow, onCrash: (reason: string) => void): void {
  let lastCrash = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onCrash(reason)
    const again = Date.now() - lastCrash > CRASH_LOOP_MS
    lastCrash = Date.now()
    if (again && reason !== 'clean-exit' && !window.isDestroyed()) window.reload()
  })
}

/** Two crashes within this time are a loop. */
const CRASH_LOOP_MS = 10_000

const chrome = () => (nativeTheme.shouldUseDarkColors ? CHROME.dark : CHROME.light)
