import type { Deployment, DeployStepName, OutputLine } from '../contracts/deploys.ts'
import { readLine } from './read-line.ts'

export type DeployStep = Deployment['steps'][number]

interface MachineProgress {
  done: number
  total: number
  /** Id of the one that began to change last. */
  current: string | undefined
  /** Ids, in the order they were done. */
  finished: readonly string[]
}

/** What a running deploy has said of itself so far. */
export interface DeployProgress {
  steps: readonly DeployStep[]
  /** Whether anything is built; false when fly.toml names an image. */
  builds: boolean
  /** `registry.fly.io/app:label`, as flyctl printed it. A cross-check: the label was chosen before. */
  image?: string | undefined
  digest?: string | undefined
  /** As flyctl says it, "214 MB". */
  imageSize?: string | undefined
  machines?: MachineProgress | undefined
}

export const STEP_NAMES = [
  'check',
  'build',
  'push',
  'release',
  'machines',
  'health',
] as const satisfies readonly DeployStepName[]

interface Start {
  at: number
  builds: boolean
  /** What the last step will ask, said in advance. */
  health?: string | undefined
}

/** Before the first line: everything waits, but for the check that begins at once. */
export function startProgress({ at, builds, health }: Start): DeployProgress {
  const steps = STEP_NAMES.map(
    (name): DeployStep => ({ name, status: !builds && (name === 'build' || name === 'push') ? 'skipped' : 'waiting' }),
  )
  return withDetail(advance({ steps, builds }, 'check', at), 'health', health)
}

/** One line of output later. Lines it does not know change nothing: flyctl may say new things any day. */
export function reduceLine(progress: DeployProgress, line: OutputLine): DeployProgress {
  const said = readLine(line.text)
  switch (said.kind) {
    case 'step':
      return withDetail(advance(progress, said.step, line.at), said.step, said.detail)
    case 'image':
      return { ...progress, image: said.ref }
    case 'digest':
      return { ...progress, digest: said.digest }
    case 'size':
      return withDetail({ ...progress, imageSize: said.size }, 'push', said.size)
    case 'machine':
      return withMachines(advance(progress, 'machines', line.at), said)
    case 'other':
      return progress
    default:
      return said satisfies never
  }
}

/** flyctl has ended. Well: all up to the machines is done and the health check begins. Else what ran has failed. */
export function endProgress(progress: DeployProgress, { at, ok }: { at: number; ok: boolean }): DeployProgress {
  if (ok) return advance(progress, 'health', at)
  const { machines } = progress
  const stopped = machines?.current
    ? `${machines.done} of ${machines.total} done, stopped at ${machines.current}`
    : undefined
  const ended = withDetail(progress, 'machines', stopped)
  return { ...ended, steps: ended.steps.map((step) => (step.status === 'running' ? fail(step, at) : step)) }
}

/** The last word: does the URL answer? */
export function finishHealth(
  progress: DeployProgress,
  end: { at: number; ok: boolean; detail: string },
): DeployProgress {
  const steps = progress.steps.map((step): DeployStep => {
    if (step.name !== 'health') return step
    const status = end.ok ? 'done' : 'failed'
    return { ...step, status, detail: end.detail, startedAt: step.startedAt ?? end.at, finishedAt: end.at }
  })
  return { ...progress, steps }
}

interface Share {
  steps: readonly DeployStep[]
  machines?: Pick<MachineProgress, 'done' | 'total'> | undefined
}

/** What the page counts with: done and skipped steps, and the share of the machines that are done. 0 to 1. */
export function progressShare({ steps, machines }: Share): number {
  const share = (step: DeployStep): number => {
    if (step.status === 'done' || step.status === 'skipped') return 1
    if (step.name === 'machines' && step.status === 'running' && machines) return machines.done / machines.total
    return 0
  }
  return steps.length === 0 ? 0 : steps.reduce((sum, step) => sum + share(step), 0) / steps.length
}

/** Everything before `name` is done, `name` runs. Steps never go back: late lines of an earlier one are only text. */
function advance(progress: DeployProgress, name: DeployStepName, at: number): DeployProgress {
  const target = STEP_NAMES.indexOf(name)
  const reached = progress.steps.findLastIndex(({ status }) => status === 'running' || status === 'done')
  if (target < reached || progress.steps[target]?.status !== 'waiting') return progress
  const steps = progress.steps.map((step, index): DeployStep => {
    if (index === target) return { ...step, status: 'running', startedAt: at }
    return index < target ? complete(step, at) : step
  })
  return { ...progress, steps }
}

function complete(step: DeployStep, at: number): DeployStep {
  if (step.status === 'running') return { ...step, status: 'done', finishedAt: at }
  // flyctl said nothing about it, and yet is past it.
  return step.status === 'waiting' ? { ...step, status: 'done', startedAt: at, finishedAt: at } : step
}

const fail = (step: DeployStep, at: number): DeployStep => ({ ...step, status: 'failed', finishedAt: at })

function withDetail(progress: DeployProgress, name: DeployStepName, detail: string | undefined): DeployProgress {
  if (detail === undefined) return progress
  return { ...progress, steps: progress.steps.map((step) => (step.name === name ? { ...step, detail } : step)) }
}

/** Counted by machine, not by place: flyctl may work on several at a time, and they end in any order. */
function withMachines(progress: DeployProgress, said: { total: number; id: string; done: boolean }): DeployProgress {
  const before = progress.machines
  const finished = said.done ? [...new Set([...(before?.finished ?? []), said.id])] : (before?.finished ?? [])
  const total = Math.max(said.total, before?.total ?? 0, finished.length)
  const done = finished.length
  const stillChanging = before?.current === said.id ? undefined : before?.current
  const current = said.done ? stillChanging : said.id
  const detail =
    current === undefined ? `${done} of ${total} machines` : `${done} of ${total} done, ${current} is changing`
  return withDetail({ ...progress, machines: { done, total, current, finished } }, 'machines', detail)
}
