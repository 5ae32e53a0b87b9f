import type { ActiveAccount } from '#electron/fly/active-account.ts'
import type { Flyctl } from '#electron/flyctl/flyctl.ts'
import { explainFlyctlFailure } from '#electron/flyctl/flyctl-failure.ts'
import type { Deployment } from '#shared/contracts/deploys.ts'
import {
  type DeployProgress,
  endProgress,
  finishHealth,
  reduceLine,
  startProgress,
} from '#shared/deploys/deploy-progress.ts'
import type { DeploySettings } from '#shared/deploys/fly-toml.ts'
import { AppError } from '#shared/ipc/errors.ts'
import { readOutcome } from './outcome.ts'
import type { Recorder } from './recorder.ts'
import { verifyUrl } from './verify-url.ts'

interface RunDeployment {
  account: ActiveAccount
  flyctl: Flyctl
  folder: string
  args: readonly string[]
  imageRef: string
  settings: DeploySettings
  recorder: Recorder
  /** Aborts on Cancel, and when Hangar quits. */
  signal: AbortSignal
  /** Why it aborted: a person's wish, or the end of the app. */
  abortedAs: () => 'cancelled' | 'interrupted'
  now: () => number
  fetch: typeof globalThis.fetch
  verifyPauseMs: number
}

/** Lines kept in memory to explain a failure. */
const LAST_LINES = 60

/** Runs flyctl to its end, then asks Fly and the app itself what came of it. Leaves everything in the recorder. */
export async function runDeployment(run: RunDeployment): Promise<void> {
  const { recorder, signal, now, abortedAs } = run
  const progress = createTracker(run)
  try {
    const exitCode = await runFlyctl(run, progress)
    recorder.change({ exitCode })
    if (signal.aborted || exitCode !== 0) throw explainFlyctlFailure(progress.last(), exitCode)
    progress.set(endProgress(progress.get(), { at: now(), ok: true }))
    recorder.change(await readOutcome({ ...run, app: recorder.deployment.app, digest: progress.get().digest }))
    await checkHealth(run, progress)
  } catch (error) {
    progress.set(endProgress(progress.get(), { at: now(), ok: false }))
    finish(run, signal.aborted ? { status: abortedAs() } : { status: 'failed', error })
    // An AppError is an outcome, told in the record; anything else is a bug, and goes to the log as well.
    if (!(error instanceof AppError || signal.aborted)) throw error
  } finally {
    recorder.flush()
  }
}

interface Tracker {
  get: () => DeployProgress
  set: (progress: DeployProgress) => void
  last: () => string[]
  heard: (text: string) => void
}

function createTracker({ settings, recorder, now }: RunDeployment): Tracker {
  const last: string[] = []
  let progress = startProgress({ at: now(), builds: settings.image === undefined, health: healthWords(settings) })
  recorder.change({ steps: [...progress.steps] })
  return {
    get: () => progress,
    set(next) {
      if (next === progress) return
      progress = next
      recorder.change({ steps: [...next.steps] })
    },
    last: () => last,
    heard(text) {
      last.push(text)
      if (last.length > LAST_LINES) last.shift()
    },
  }
}

const healthWords = ({ hasPublicService, checkPath = '/' }: DeploySettings): string =>
  hasPublicService ? `GET ${checkPath} answers within 10 s` : 'No public service to ask'

async function runFlyctl(run: RunDeployment, progress: Tracker): Promise<number> {
  const { account, flyctl, folder, args, recorder, signal, now } = run
  const { exitCode } = await flyctl.run({
    ...{ account, args, cwd: folder, signal },
    onLine: ({ stream, text }) => {
      const line = { at: now(), stream, text }
      recorder.line(line)
      progress.heard(text)
      progress.set(reduceLine(progress.get(), line))
    },
  })
  return exitCode
}

/** "Deployed" is said only of an app that answers, or that has nothing which could. */
async function checkHealth(run: RunDeployment, progress: Tracker): Promise<void> {
  const { account, settings, recorder, signal, now, fetch, verifyPauseMs } = run
  if (!settings.hasPublicService) {
    progress.set(withoutHealth(progress.get(), now()))
    finish(run, { status: 'deployed' })
    return
  }
  const home = account.endpoints.appUrl(recorder.deployment.app)
  recorder.change({ url: home })
  const { checkPath } = settings
  const health = await verifyUrl({
    ...{ url: `${home}${checkPath ?? '/'}`, strict: checkPath !== undefined, signal, fetch, pauseMs: verifyPauseMs },
  })
  progress.set(finishHealth(progress.get(), { at: now(), ok: health.ok, detail: health.text }))
  recorder.change({ health })
  const silent = `flyctl finished, but the app does not answer (${health.text}). Look at its logs: wrong port, or a crash?`
  finish(run, health.ok ? { status: 'deployed' } : { status: 'failed', error: new AppError('unavailable', silent) })
}

function withoutHealth(progress: DeployProgress, at: number): DeployProgress {
  const steps = progress.steps.map((step) =>
    step.name === 'health'
      ? { ...step, status: 'skipped' as const, detail: 'No public service to ask', finishedAt: at }
      : step,
  )
  return { ...progress, steps }
}

function finish({ recorder, now }: RunDeployment, end: { status: Deployment['status']; error?: unknown }): void {
  const { status, error } = end
  recorder.change({ status, finishedAt: now(), ...(error !== undefined && { error: AppError.toWire(error) }) })
}
