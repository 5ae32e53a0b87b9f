// The least an Electron app can be: what ours is measured against.
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'

await app.whenReady()
const window = new BrowserWindow({ width: 1440, height: 900 })
await window.loadFile(join(import.meta.dirname, 'index.html'))
