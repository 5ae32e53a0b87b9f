import { ipcMain, type MessagePortMain, type WebContents } from 'electron'
import { contract } from '#shared/contract.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import type { Port, Response } from '#shared/ipc/protocol.ts'
import { serve } from '#shared/ipc/serve.ts'

interface ConnectionOptions {
  handlers: Handlers<typeof contract>
  isOurs: (webContents: WebContents) => boolean
  onError: (path: string, error: unknown) => void
}

/** Serves every page load of our own windows. A frame inside a page, or a foreign page, is turned away. */
export function acceptConnections({ handlers, isOurs, onError }: ConnectionOptions): void {
  const stops = new WeakMap<WebContents, () => void>()

  ipcMain.on('ipc:connect', ({ ports: [port], sender, senderFrame }) => {
    if (!port) return
    if (!isOurs(sender) || senderFrame !== sender.mainFrame) return port.close()

    // The port of the previous page should have closed by itself. Work must not go on if it did not.
    const previous = stops.get(sender)
    if (previous) previous()
    else sender.once('destroyed', () => stops.get(sender)?.())

    stops.set(sender, serve(contract, handlers, toPort(port), onError))
    port.start()
  })
}

function toPort(port: MessagePortMain): Port<Response, unknown> {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    onClose: (listener) => port.on('close', listener),
  }
}
