import { app } from 'electron'
import type { Log } from './lib/log.ts'

interface QuitOptions {
  log: Log
  /** In this order; one that fails does not keep the others from running. */
  steps: readonly (() => void | Promise<void>)[]
}

/** Longest that quitting may take. What has not ended by then ends with the process. */
const QUIT_MS = 12_000

/** Ends children, requests and files in order once the windows are closed, then lets the app go. */
export function onQuit({ log, steps }: QuitOptions): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    const late = setTimeout(() => {
      log.warn('Quitting took too long')
      app.exit(0)
    }, QUIT_MS)
    void runAll(steps, log).finally(() => {
      clearTimeout(late)
      log.info('Hangar ends')
      app.exit(0)
    })
  })
}

async function runAll(steps: QuitOptions['steps'], log: Log): Promise<void> {
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      log.error('Quitting', error)
    }
  }
}
