import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { Chromium } from './chromium/launch.ts'

interface RecordedCall {
  api: string
  args: unknown[]
}

/** What the modules share. Tests reach it as `globalThis.standin` through Playwright's `app.evaluate`. */
export const standin = {
  /** Calls whose effect would be outside the app: opened links, dialogs, notifications, menus shown, and so on. */
  calls: [] as RecordedCall[],
  events: new EventEmitter(),
  executable: join(import.meta.dirname, '../bin/electron'),
  appPath: process.cwd(),
  manifest: {} as { name?: string; productName?: string; version?: string; main?: string; type?: string },
  /** Documents connect to this URL plus their id. */
  linkUrl: '',
  /** Chromium's clipboard has what the app's has. */
  clipboardWritten: Promise.resolve() as Promise<unknown>,
  chromium: Promise.withResolvers<Chromium>(),
}

Object.assign(globalThis, { standin })

export function record(api: string, ...args: unknown[]): void {
  standin.calls.push({ api, args })
}
