import { utilityProcess } from 'electron'
import { inheritedEnvironment } from '#electron/flyctl/flyctl-environment.ts'
import type { StartTerminalHost } from './features/terminal/host-connection.ts'

/** Starts the terminal host from its built file, with nothing of this process' environment but what programs need. */
export function terminalHostProcess(file: string): StartTerminalHost {
  return () => {
    const child = utilityProcess.fork(file, [], {
      serviceName: 'Hangar terminals',
      stdio: 'inherit',
      env: inheritedEnvironment(process.env),
    })
    return {
      port: {
        post: (message) => child.postMessage(message),
        onMessage: (listener) => child.on('message', listener),
        onClose: (listener) => child.once('exit', listener),
      },
      stop: () => {
        child.kill()
      },
    }
  }
}
