import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { Flyctl } from '#electron/flyctl/flyctl.ts'
import type { Deployment } from '#shared/contracts/deploys.ts'
import { startProgress } from '#shared/deploys/deploy-progress.ts'
import { AppError, type WireError } from '#shared/ipc/errors.ts'
import { deployArguments } from './deploy-arguments.ts'
import type { DeploymentStore } from './deployment-store.ts'
import { type Project, readProject } from './project.ts'
import { whyReadOnly } from './read-only.ts'
import { createRecorder } from './recorder.ts'
import { runDeployment } from './run-deployment.ts'

/** Begins an operation and says how to finish it. One that is never finished counts as interrupted at the next start. */
export type RecordOperation = (
  account: ActiveAccount,
  begun: { kind: 'deploy'; title: string; item: { app: string; label: string } },
) => { finish: (outcome: OperationOutcome) => void } | undefined

export interface OperationOutcome {
  status: 'done' | 'failed' | 'cancelled'
  result: string
  error?: WireError | undefined
}

interface LiveOptions {
  flyctl: Flyctl
  store: DeploymentStore
  now: () => number
  fetch: typeof globalThis.fetch
  verifyPauseMs: number
  quitting: AbortSignal
  recordOperation: RecordOperation
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

interface Task {
  given: Start
  project: Project
  deployment: Deployment
  cancelling: AbortController
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
    const readOnly = whyReadOnly(account.account)
    if (readOnly) throw new AppError('read-only', `${readOnly.text} ${readOnly.advice}`)
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
    const label = `${app}:${given.imageLabel}`
    const operation = recordOperation(account, { kind: 'deploy', title: `Deploy ${app}`, item: { app, label } })
    onWritten()
    void run({ given, project, deployment, cancelling }).then((ended) => {
      const outcome = outcomeOf(ended)
      if (outcome) operation?.finish(outcome)
    })
    return deployment
  }

  /** Never rejects: what goes wrong is in the record, and what nobody foresaw in the log too. */
  async function run(task: Task): Promise<Deployment> {
    const { given, project, deployment, cancelling } = task
    const { account, folder, app, imageLabel } = given
    const accountId = account.account.id
    const recorder = createRecorder({ accountId, deployment, store, onWritten })
    try {
      if (!project.settings) return recorder.deployment
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
      onWritten()
    }
    return recorder.deployment
  }

  return { start, cancel: (id) => running.get(id)?.cancel() }
}

function firstRecord({ account, id, folder, app }: Start, project: Project, at: number): Deployment {
  const { identity, label } = account.account
  const { steps } = startProgress({ at, builds: project.settings?.image === undefined })
  return { id, app, folder, status: 'deploying', steps: [...steps], by: identity ?? label, startedAt: at }
}

/** Undefined: Hangar is quitting, and the operation is left to be found interrupted. */
function outcomeOf({ status, error, health, releaseVersion }: Deployment): OperationOutcome | undefined {
  if (status === 'interrupted' || status === 'deploying') return undefined
  if (status === 'cancelled') return { status, result: 'Cancelled.' }
  if (status === 'failed') return { status, result: error?.message ?? 'It failed.', error }
  const release = releaseVersion === undefined ? 'Deployed' : `Release v${releaseVersion}`
  return { status: 'done', result: health?.ok ? `${release}, and the app answers ${health.text}.` : `${release}.` }
}
