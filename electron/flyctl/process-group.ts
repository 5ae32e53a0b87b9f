import { spawn } from 'node:child_process'

/** Signals a process started with `detached` and everything it started. One that is gone already is fine. */
export function signalGroup(pid: number, signal: 'SIGINT' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    killTree(pid)
    return
  }
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/** macOS says EPERM of a group whose last process has ended and is not yet forgotten. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')

/** Windows has neither process groups nor SIGINT for another console: the whole tree is ended at once. */
function killTree(pid: number): void {
  spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => {
    // taskkill is part of Windows; without it there is nothing left to try.
  })
}
