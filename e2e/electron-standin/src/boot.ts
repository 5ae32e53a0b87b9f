// Entry of the stand-in: plays Electron's part in Node, with windows in Debian's Chromium.
import { createRequire, registerHooks } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { app } from './api/app.ts'
import { BrowserWindow } from './api/browser-window.ts'
import { currentScheme } from './api/native-theme.ts'
import { onDocumentConnected } from './api/page-document.ts'
import { killUtilityProcesses } from './api/utility-process.ts'
import { webContents } from './api/web-contents.ts'
import { parseArguments } from './arguments.ts'
import { followBrowser } from './chromium/browser-events.ts'
import { launchChromium } from './chromium/launch.ts'
import { proxyPlaywright } from './chromium/playwright-proxy.ts'
import { startServer } from './server.ts'
import { record, standin } from './standin.ts'

const { requires, switches, appPath, mainFile, manifest, openUrl } = parseArguments(process.argv.slice(2))
Object.assign(standin, { appPath, manifest })
for (const [name, value] of switches) app.commandLine.appendSwitch(name, value)
imitateElectronProcess()
let shuttingDown = false

standin.events.on('list-windows', (windows: BrowserWindow[]) => windows.push(...BrowserWindow.getAllWindows()))
standin.events.once('exit', (code: number) => void shutDown(code))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())
// Electron shows these in a dialog or prints them, and lives on.
process.on('uncaughtException', (error) => {
  record('uncaughtException', error)
  console.error('A JavaScript error occurred in the main process\n', error)
})
process.on('unhandledRejection', (error) => {
  record('unhandledRejection', error)
  console.error('UnhandledPromiseRejectionWarning', error)
})

const server = await startServer({
  onDocument: onDocumentConnected,
  onPlaywright: async (socket) => {
    socket.pause()
    const { devtoolsUrl } = await standin.chromium.promise
    proxyPlaywright(socket, { devtoolsUrl, onNavigate, colorScheme: currentScheme })
    socket.resume()
  },
})
standin.linkUrl = server.linkUrl

const require = createRequire(import.meta.url)
for (const file of requires) require(file)
const launching = launchChromium({ serverPort: server.port, switches: app.commandLine.switches })
const loading = loadMain()

const chromium = await launching
await followBrowser(chromium.cdp)
chromium.process.once('exit', () => {
  if (shuttingDown) return
  console.error('Chromium is gone')
  app.exit(1)
})
standin.chromium.resolve(chromium)
process.stderr.write(`\nDevTools listening on ${server.playwrightUrl}\n`)
// A main module that awaits whenReady() at its top level never finishes loading before.
await Promise.race([loading, delay(150)])
app.becomeReady()
if (openUrl) void app.whenReady().then(() => app.emit('open-url', { preventDefault() {} }, openUrl))

async function shutDown(code: number): Promise<void> {
  shuttingDown = true
  await Promise.all([killUtilityProcesses(), launching.then((launched) => launched.stop())]).catch((error) => console.error(error))
  process.exit(code)
}

async function loadMain(): Promise<void> {
  try {
    await import(pathToFileURL(mainFile).href)
  } catch (error) {
    console.error('App threw an error during load\n', error)
    app.exit(1)
  }
}

function onNavigate(targetId: string): void {
  void webContents.fromDevToolsTargetId(targetId)?.withTarget(async (target) => {
    target.browserNavigates = true
  })
}

/** What main modules can see of Electron outside the `electron` module. */
function imitateElectronProcess(): void {
  process.argv = [standin.executable, ...process.argv.slice(2)]
  const versions = { ...process.versions, electron: '45.4.1', chrome: '156.0.8078.79', standin: '2' }
  Object.defineProperty(process, 'versions', { value: Object.freeze(versions) })
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: standin.appPath })
  const url = new URL('./electron.ts', import.meta.url).href
  registerHooks({
    resolve: (specifier, context, next) => (/^electron(\/(main|common))?$/.test(specifier) ? { url, shortCircuit: true } : next(specifier, context)),
  })
}
