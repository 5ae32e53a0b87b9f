import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** flyctl keeps one log per run with every URL and body, secrets included. So does its stand-in, to be wiped like it. */
export function openDebugLog(configDir: string): (line: string) => void {
  const folder = join(configDir, 'logs')
  const file = join(folder, `flyctl-${Date.now()}-${process.pid}.log`)
  let usable = true
  return (line) => {
    if (!usable) return
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
    } catch {
      // A read-only folder must not stop a command.
      usable = false
    }
  }
}
