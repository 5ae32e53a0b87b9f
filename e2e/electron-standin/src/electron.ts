// What `electron` means in the main process.
import { app } from './api/app.ts'
import { BrowserWindow } from './api/browser-window.ts'
import { clipboard } from './api/clipboard.ts'
import {
  crashReporter, dialog, globalShortcut, nativeImage, Notification, powerMonitor, powerSaveBlocker, safeStorage, screen, shell, systemPreferences, Tray,
} from './api/desktop.ts'
import { ipcMain } from './api/ipc-main.ts'
import { Menu, MenuItem } from './api/menu.ts'
import { nativeTheme } from './api/native-theme.ts'
import { netFetch, protocol } from './api/protocol.ts'
import { session } from './api/session.ts'
import { utilityProcess } from './api/utility-process.ts'
import { webContents } from './api/web-contents.ts'
import { MessageChannelMain } from './wire/message-port-main.ts'

const net = { fetch: netFetch, isOnline: (): boolean => true, online: true }

const electron: object = {
  app, BrowserWindow, clipboard, crashReporter, dialog, globalShortcut, ipcMain, Menu, MenuItem, MessageChannelMain, nativeImage, nativeTheme, net,
  Notification, powerMonitor, powerSaveBlocker, protocol, safeStorage, screen, session, shell, systemPreferences, Tray, utilityProcess, webContents,
}
export {
  app, BrowserWindow, clipboard, crashReporter, dialog, globalShortcut, ipcMain, Menu, MenuItem, MessageChannelMain, nativeImage, nativeTheme, net,
  Notification, powerMonitor, powerSaveBlocker, protocol, safeStorage, screen, session, shell, systemPreferences, Tray, utilityProcess, webContents,
}
export default electron
// `require('electron')` gets a plain object, as in Electron, so that tests can replace its members.
export { electron as 'module.exports' }
