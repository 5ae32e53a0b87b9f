import type { Database } from '#electron/database/open-database.ts'
import type { StateLedger } from '#electron/database/state-ledger.ts'
import type { ActiveAccounts } from '#electron/fly/active-account.ts'
import { createChanges } from '#electron/lib/changes.ts'
import type { Log } from '#electron/lib/log.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { createFleetSession, type FleetSession } from './fleet-session.ts'
import type { Target } from './hints.ts'
import { createSavedRows } from './saved-rows.ts'
import { createSnapshot } from './snapshot.ts'

interface FleetOptions {
  accounts: ActiveAccounts
  database: Database
  ledger: StateLedger
  log: Log
  /** ms since 1970. */
  now?: () => number
}

export type Fleet = ReturnType<typeof createFleet>

/** The live picture of whichever account is in use. It is polled from sign-in on, looked at or not. */
export function createFleet({ accounts, database, ledger, log, now = Date.now }: FleetOptions) {
  const snapshot = createSnapshot(database)
  const savedRows = createSavedRows(database)
  const changed = createChanges()
  let session: FleetSession | undefined
  const offAccounts = accounts.onChange(follow)

  /** Throws `unauthenticated` when nobody is signed in. */
  function current(): FleetSession {
    const active = accounts.current()
    if (session?.active.ended === active.ended && !session.ended.aborted) return session
    session?.close()
    session = createFleetSession({ active, snapshot, savedRows, ledger, log, now })
    session.onChanges(changed.emit)
    return session
  }

  function follow(): void {
    try {
      current()
    } catch (error) {
      if (!(error instanceof AppError)) log.error('The fleet of the account could not be opened', error)
      session?.close()
      session = undefined
    }
    changed.emit()
  }

  follow()
  return {
    current,
    ledger,
    now,
    /** The rows of the account in use, as they are now. */
    rows: () => current().picture.rows(),
    /** Calls back when any row has changed, or another account is in use. */
    onChange: changed.on,
    /** These machines have just been changed: their rows follow at once. */
    hint: (targets: readonly Target[]) => current().hint(targets),
    /** Version of a machine's configuration, where a list has told it. */
    instanceId: (id: string) => current().picture.machine(id)?.core.value.instanceId,
    stop() {
      offAccounts()
      session?.close()
    },
  }
}
