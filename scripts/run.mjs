// Child processes for the scripts: the terminal is theirs, and what ends us ends them.
import { spawn } from 'node:child_process'
import { ROOT, toolEnvironment } from './places.mjs'

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a command to its end and answers its exit code (128 and up when a signal ended it).
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number, quiet?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { env = {}, timeoutMs, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...toolEnvironment(), ...env },
      stdio: quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
      timeout: timeoutMs,
      shell: process.platform === 'win32' && !command.includes('\\'),
    })
    const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
    const finish = (/** @type {number} */ code) => {
      for (const signal of SIGNALS) process.off(signal, pass)
      resolve(code)
    }
    for (const signal of SIGNALS) process.on(signal, pass)
    child.once('error', (error) => {
      if (!quiet) console.error(error.message)
      finish(127)
    })
    child.once('exit', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)))
  })
}
