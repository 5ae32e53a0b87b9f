import type { Deployment } from '#shared/contracts/deploys.ts'

type Timed = Pick<Deployment, 'id' | 'app' | 'status' | 'startedAt' | 'finishedAt'>

/** How many earlier deploys of the app speak for this one. */
const EARLIER = 5

/** ms until it should be done, judged by the app's last deploys; undefined when there is none, or it takes longer. */
export function timeLeft(deployment: Timed, history: readonly Timed[], now: number): number | undefined {
  const spans = history
    .filter(({ id, app, status }) => id !== deployment.id && app === deployment.app && status === 'deployed')
    .slice(0, EARLIER)
    .flatMap(({ startedAt, finishedAt }) => (finishedAt === undefined ? [] : [finishedAt - startedAt]))
    .sort((left, right) => left - right)
  const usual = spans[Math.floor(spans.length / 2)]
  if (usual === undefined) return undefined
  const left = usual - (now - deployment.startedAt)
  return left > 0 ? left : undefined
}

/** ms it took, or takes so far. */
export const elapsed = ({ startedAt, finishedAt }: Pick<Timed, 'startedAt' | 'finishedAt'>, now: number): number =>
  Math.max(0, (finishedAt ?? now) - startedAt)

/** "3 of 12" at the front of the step's detail. */
export function machinesOf({ steps }: Pick<Deployment, 'steps'>): { done: number; total: number } | undefined {
  const detail = steps.find(({ name }) => name === 'machines')?.detail ?? ''
  const [, done, total] = /^(\d+) of (\d+)/.exec(detail) ?? []
  return total === undefined ? undefined : { done: Number(done), total: Number(total) }
}

/** Folders deployed from, the latest first, each once. */
export const recentFolders = (history: readonly Pick<Deployment, 'folder'>[]): string[] =>
  [...new Set(history.map(({ folder }) => folder))].slice(0, 5)
