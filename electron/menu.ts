import { Menu, type MenuItemConstructorOptions } from 'electron'

interface MenuOptions {
  openSettingsFile: () => void
  openLog: () => void
}

/** The application menu: what the system does for a window. Everything else is in the page, under its own keys. */
export function setMenu({ openSettingsFile, openLog }: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template({ openSettingsFile, openLog })))
}

function template({ openSettingsFile, openLog }: MenuOptions): MenuItemConstructorOptions[] {
  const onMac = process.platform === 'darwin'
  return [
    ...(onMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        { id: 'show-settings-file', label: 'Show Settings File', click: openSettingsFile },
        { id: 'show-log', label: 'Show Log', click: openLog },
        { type: 'separator' },
        // Ctrl+W belongs to the tabs of the page, so the window is closed by quitting.
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        // Ctrl+R refreshes the fleet: reloading the window has the other key.
        { role: 'forceReload', label: 'Reload Window', accelerator: 'CmdOrCtrl+Shift+R' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu', submenu: [{ role: 'minimize' }, { role: 'zoom' }] },
  ]
}
