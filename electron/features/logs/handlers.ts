import type { ActiveAccount, ActiveAccounts } from '#electron/fly/active-account.ts'
import { readLogs } from '#electron/fly/logs.ts'
import type { contract } from '#shared/contract.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { isFinal } from './app-tail.ts'
import { TailReader } from './reader.ts'
import { createSharedTails } from './shared-tails.ts'
import { toLine } from './to-line.ts'

interface LogOptions {
  accounts: ActiveAccounts
}

interface History {
  active: ActiveAccount
  app: string
  machineId: string
  reader: TailReader
  signal: AbortSignal
}

/** Tails of apps and machines. All views of one app share one poller. */
export function logsHandlers({ accounts }: LogOptions): Handlers<typeof contract>['logs'] {
  const tails = createSharedTails()

  return {
    async *tail({ app, machineId }, { signal }) {
      const active = accounts.current()
      const over = AbortSignal.any([signal, active.ended])
      const reader = new TailReader(machineId)
      const leave = tails.join({ fly: active.fly, accountId: active.account.id, app, listener: reader })
      try {
        if (machineId !== undefined) await readHistory({ active, app, machineId, reader, signal: over })
        yield* reader.batches(over)
      } finally {
        leave()
      }
    },
  }
}

/** The newest 100 lines of an app may hold none of this machine: its own are asked for once. */
async function readHistory({ active, app, machineId, reader, signal }: History): Promise<void> {
  try {
    const { entries } = await readLogs(active.fly, { app, machineId, signal })
    reader.addHistory(entries.map(toLine))
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof AppError) || isFinal(error)) throw error
    // The tail goes on and tells the trouble; only the older lines are missing, and that is said.
    reader.addHistory([])
    reader.onLines([], { from: '', to: '', reason: `Older lines could not be read. ${error.message}` })
  }
}
