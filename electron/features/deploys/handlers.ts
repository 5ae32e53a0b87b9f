import { randomUUID } from 'node:crypto'
import type { Database } from '#electron/database/open-database.ts'
import type { ActiveAccount, ActiveAccounts } from '#electron/fly/active-account.ts'
import type { Flyctl } from '#electron/flyctl/flyctl.ts'
import { createChanges, latest } from '#electron/lib/changes.ts'
import type { contract } from '#shared/contract.ts'
import { newImageLabel } from '#shared/deploys/image-label.ts'
import type { Handlers } from '#shared/ipc/contract.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { createDeploymentStore } from './deployment-store.ts'
import { followDeployment } from './follow.ts'
import { inspectFolder } from './inspect.ts'
import { closeUnfinished } from './interrupted.ts'
import { createLiveDeployments, type RecordOperation } from './live-deployments.ts'

export interface DeployDependencies {
  accounts: ActiveAccounts
  flyctl: Flyctl
  database: Database
  /** The system's folder dialog; null when it was closed. */
  chooseFolder: () => Promise<string | null>
  /** Keeps the deployment beside every other change, for Activity. */
  recordOperation: RecordOperation
  /** A deployment failed in a way nobody foresaw: for the log. */
  onError: (error: unknown) => void
  /** Aborts when the app quits: what runs is interrupted. */
  quitting: AbortSignal
  now?: () => number
  fetch?: typeof globalThis.fetch
  /** Between two tries to reach the new app. */
  verifyPauseMs?: number
}

export function deployHandlers(given: DeployDependencies): Handlers<typeof contract>['deploys'] {
  const { accounts, flyctl, database, chooseFolder, recordOperation, now = Date.now } = given
  const store = createDeploymentStore(database)
  const changes = createChanges()
  const live = createLiveDeployments({
    ...{ flyctl, store, now, recordOperation, onError: given.onError, quitting: given.quitting },
    ...{ fetch: given.fetch ?? globalThis.fetch, verifyPauseMs: given.verifyPauseMs ?? 2_500, onWritten: changes.emit },
  })
  closeUnfinished(store, now())
  const until = ({ ended }: ActiveAccount, signal: AbortSignal) => AbortSignal.any([ended, signal])

  return {
    chooseFolder: () => chooseFolder(),
    inspect({ folder, app }, { signal }) {
      const imageLabel = newImageLabel({ at: now(), random: Math.random })
      return inspectFolder({ folder, app, imageLabel, flyctl, account: accounts.current(), signal })
    },
    start: ({ folder, app, imageLabel }) =>
      live.start({ account: accounts.current(), id: `dep-${randomUUID()}`, folder, app, imageLabel }),
    async *follow({ id }, { signal }) {
      const account = accounts.current()
      yield* followDeployment({
        store,
        id,
        accountId: account.account.id,
        on: changes.on,
        signal: until(account, signal),
      })
    },
    async cancel({ id }) {
      const { account } = accounts.current()
      if (!store.get(account.id, id)) throw new AppError('not-found', 'This deployment is not in the history any more.')
      live.cancel(id)
    },
    async *watch(_input, { signal }) {
      const account = accounts.current()
      const read = () => store.list(account.account.id)
      yield* latest({ read, on: changes.on, signal: until(account, signal) })
    },
  }
}
