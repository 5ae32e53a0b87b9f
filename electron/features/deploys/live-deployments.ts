import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { Flyctl } from '#electron/flyctl/flyctl.ts'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { startProgress } from '#shared/deploys/deploy-progress.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { deployArguments } from './deploy-arguments.ts'
import type { DeploymentStore } from './deployment-store.ts'
import { type Project, readProject } from './project.ts'
import { createRecorder } from './recorder.ts'
import { runDeployment } from './run-deployment.ts'

interface LiveOptions {
  flyctl: Flyctl
  store: DeploymentStore
  now: () => number
  fetch: typeof globalThis.fetch
  verifyPauseMs: number
  quitting: AbortSignal
  recordOperation: (accountId: string, deployment: Deployment) => void
  onError: (error: unknown) => void
  onWritten: () => void
}

interface Start {
  account: ActiveAccount
  id: string
  folder: string
  app: string
  imageLabel: string
}

export interface LiveDeployments {
  start(start: Start): Promise<Deployment>
  /** One that has ended already is left as it is. */
  cancel(id: string): void
}

/** The deployments that run now. They go on when the window closes or the account is switched, and end with the app. */
export function createLiveDeployments(options: LiveOptions): LiveDeployments {
  const { store, now, quitting, recordOperation, onWritten } = options
  const running = new Map<string, { app: string; cancel: () => void }>()

  async function start(given: Start): Promise<Deployment> {
    const { account, id, app } = given
    if (account.account.protection === 'read-only')
      throw new AppError('read-only', 'This account is read-only in Hangar. Allow changes in the account menu first.')
    const project = await readProject(given.folder)
    const obstacle = project.problems.find(({ severity }) => severity === 'blocking')
    if (obstacle) throw new AppError('invalid-input', `${obstacle.text} ${obstacle.advice}`)
    // Asked after the last wait, so that two starts at once cannot both pass.
    if ([...running.values()].some((other) => other.app === app))
      throw new AppError('conflict', `${app} is being deployed already. Wait for it, or cancel it.`)
    const deployment = firstRecord(given, project, now())
    store.save(account.account.id, deployment)
    const cancelling = new AbortController()
    running.set(id, { app, cancel: () => cancelling.abort() })
    recordOperation(account.account.id, deployment)
    onWritten()
    void run({ given, project, deployment, cancelling })
    return deployment
  }

  /** Never rejects: what goes wrong is in the record, and what nobody foresaw in the log too. */
  async function run(task: { given: Start; project: Project; deployment: Deployment; cancelling: AbortController }) {
    const { given, project, deployment, cancelling } = task
    const { account, folder, app, imageLabel } = given
    const accountId = account.account.id
    const recorder = createRecorder({ accountId, deployment, store, onWritten })
    try {
      if (!project.settings) return
      const { image } = project.settings
      await runDeployment({
        ...{ account, folder, recorder, settings: project.settings, flyctl: options.flyctl },
        ...{ now, fetch: options.fetch, verifyPauseMs: options.verifyPauseMs },
        args: deployArguments({ app, imageLabel, project }),
        imageRef: image ?? `${account.endpoints.registryHost}/${app}:${imageLabel}`,
        signal: AbortSignal.any([cancelling.signal, quitting]),
        abortedAs: () => (cancelling.signal.aborted ? 'cancelled' : 'interrupted'),
      })
    } catch (error) {
      options.onError(error)
    } finally {
      running.delete(given.id)
      recordOperation(accountId, recorder.deployment)
      onWritten()
    }
  }

  return { start, cancel: (id) => running.get(id)?.cancel() }
}

function firstRecord({ account, id, folder, app }: Start, project: Project, at: number): Deployment {
  const { identity, label } = account.account
  const { steps } = startProgress({ at, builds: project.settings?.image === undefined })
  return { id, app, folder, status: 'deploying', steps: [...steps], by: identity ?? label, startedAt: at }
}
