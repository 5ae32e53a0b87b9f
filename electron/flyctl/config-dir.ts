import { createHash } from 'node:crypto'
import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runProcess } from './run-process.ts'

/** One state folder per account, so that one's tunnel and caches never serve another. Short: a unix socket lies in it. */
export const ownConfigDir = (configDir: string, accountId: string): string =>
  join(configDir, createHash('sha256').update(accountId).digest('hex').slice(0, 8))

/** flyctl writes a debug log of every request and its body there, secrets included, whatever LOG_LEVEL says. */
export async function wipeDebugLogs(configDir: string): Promise<void> {
  try {
    await rm(join(configDir, 'logs'), { recursive: true, force: true })
  } catch {
    // Windows refuses while another flyctl writes there; that one's end wipes it.
  }
}

interface StopAgent {
  file: string | undefined
  configDir: string
  env: Readonly<Record<string, string>>
}

/** flyctl's tunnel helper outlives it and has no idle limit. One that was started from our folder is ours to end. */
export async function stopAgent({ file, configDir, env }: StopAgent): Promise<void> {
  if (file === undefined) return
  try {
    await access(join(configDir, 'fly-agent.sock'))
    await runProcess({
      file,
      args: ['agent', 'stop'],
      env: { ...env, FLY_CONFIG_DIR: configDir, FLY_NO_UPDATE_CHECK: '1' },
      signal: AbortSignal.timeout(5_000),
      graceMs: 1_000,
      onLine: () => {},
    })
  } catch {
    // No socket, no agent. And the app is quitting: an agent that cannot be asked is left to the system.
  }
}
