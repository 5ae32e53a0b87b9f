import { serve } from '#shared/ipc/serve.ts'
import { hostContract } from '#shared/terminal/host-contract.ts'
import { hostHandlers } from './features/terminal/host-handlers.ts'

// The entry of the utility process that owns every pty: a flood or a crash here leaves the window alone.

const { parentPort } = process
const { handlers, closeAll } = hostHandlers()

serve(
  hostContract,
  { host: handlers },
  {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    // Electron ends this process with the main process: there is no other way for the port to close.
    onClose: (listener) => process.once('exit', listener),
  },
  (path, error) => process.stderr.write(`terminal host: ${path}: ${String(error)}\n`),
)
process.once('exit', closeAll)
