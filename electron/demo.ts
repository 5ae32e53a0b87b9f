import { createInterface } from 'node:readline'
import { app, utilityProcess } from 'electron'
import type { FlyEndpoints } from '#electron/fly/client.ts'
import { inheritedEnvironment } from '#electron/flyctl/flyctl-environment.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { SimulatorAddresses, simulatorEndpoints, simulatorVariables } from './endpoints.ts'

interface DemoOptions {
  /** The bundled simulator. */
  program: string
  onOutput: (line: string) => void
}

interface RunningDemo {
  endpoints: FlyEndpoints
  token: string
  stop(): void
}

/** Seed of the fleet that tells a story. */
const SEED = '7'

/** Starts a Fly.io on this computer, in a process of its own that ends with the app. */
export async function startDemo({ program, onOutput }: DemoOptions, signal: AbortSignal): Promise<RunningDemo> {
  const child = utilityProcess.fork(program, ['--port', '0', '--json', '--seed', SEED], {
    stdio: 'pipe',
    serviceName: 'Hangar demo fleet',
    env: inheritedEnvironment(process.env),
  })
  const stop = () => void child.kill()
  signal.addEventListener('abort', stop, { once: true })
  child.once('exit', () => signal.removeEventListener('abort', stop))
  child.stderr?.on('data', (chunk) => onOutput(String(chunk).trim()))
  try {
    const addresses = await firstLine(child)
    const flyctl = outsideArchive(addresses.flyctl)
    return {
      endpoints: simulatorEndpoints({ ...addresses, flyctl }, flyctlEnvironment()),
      token: addresses.token,
      stop,
    }
  } catch (cause) {
    stop()
    signal.throwIfAborted()
    throw new AppError('unavailable', 'The demo fleet could not be started. See the log for details.', { cause })
  }
}

function firstLine(child: Electron.UtilityProcess): Promise<SimulatorAddresses> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}.`)))
    if (!child.stdout) return reject(new Error('The simulator has no output.'))
    createInterface({ input: child.stdout }).once('line', (line) => {
      try {
        resolve(SimulatorAddresses.parse(JSON.parse(line)))
      } catch (error) {
        reject(error)
      }
    })
  })
}

/** What lies in the archive of a packaged app the system cannot execute: electron-builder puts flyctl beside it. */
const outsideArchive = (path: string): string => path.replace(/\bapp\.asar\b/, 'app.asar.unpacked')

/**
 * Electron can be the Node that the stand-in for flyctl asks for. Not once it is packaged: that fuse is off, and the
 * stand-in looks for a Node of the computer's.
 */
const flyctlEnvironment = (): Record<string, string> => ({
  ...(!app.isPackaged && { HANGAR_NODE: process.execPath, ELECTRON_RUN_AS_NODE: '1' }),
  ...simulatorVariables(process.env),
})
